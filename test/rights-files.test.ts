import { expect, test } from 'vitest'
import { startingRoles, type Permission } from '#shared/access.ts'
import { openIncident } from '#shared/incident.ts'
import { startExport } from '#shared/item/exports.ts'
import type { RawRoute } from '#server/core/http.ts'
import { routes } from '#server/modules.ts'
import { testDesk } from './desk.ts'

/** Routes that carry something other than JSON answer to the same rights as all others. */
const missing = '00000000-0000-7000-8000-00000000dead'
const desk = await testDesk()
const elsewhere = await desk.organisation('Norvik Marine')
const team = await desk.team('Workplace', [desk.home])
const colleague = await desk.requester('Colleague')
const stranger = await desk.requester('Stranger', { organisation: elsewhere.id })

const people = await Promise.all(
  startingRoles.map(async ({ key, audience, permissions }) => ({
    key,
    may: new Set<Permission>(permissions),
    who: await desk.person(key, { role: key, teams: audience === 'staff' ? [team] : [] }),
  })),
)

const guarded = routes.filter(({ may }) => may !== 'anyone')
const named = ({ method, path }: RawRoute) => `${method} ${path}`

/** A stream of events has no end, so only its head is asked for. */
function ask({ method, path }: RawRoute, authorization: string) {
  const url = `/api${path.replaceAll(/:\w+/g, missing)}`
  return desk.inject({ method: path === '/live' ? 'HEAD' : method, url, headers: { authorization } })
}

test('files, streams, tables and metrics are all among them', () => {
  expect(guarded.map(named)).toEqual(
    expect.arrayContaining([
      'POST /items/:itemId/attachments',
      'GET /attachments/:id/content',
      'GET /exports/:id/content',
      'GET /live',
      'GET /metrics',
    ]),
  )
})

test.for(guarded.map((route) => [named(route), route] as const))(
  '%s asks strangers to sign in, and lets in those who hold its permission and nobody else',
  async ([, route]) => {
    expect((await ask(route, 'nobody')).statusCode).toBe(401)
    for (const { key, may, who } of people) {
      const { statusCode, body } = await ask(route, who.id)
      const allowed = route.may === 'signed-in' || may.has(route.may as Permission)
      expect(statusCode, `${key}: ${body}`).toBeLessThan(500)
      if (allowed) expect([401, 403], `${key}: ${body}`).not.toContain(statusCode)
      else expect(statusCode, `${key}: ${body}`).toBe(403)
    }
  },
)

async function upload(who: { id: string }, itemId: string, internal = false) {
  const form = new FormData()
  form.set('internal', String(internal))
  form.set('file', new Blob(['a secret']), 'note.txt')
  const body = new Response(form)
  return desk.inject({
    method: 'POST',
    url: `/api/items/${itemId}/attachments`,
    headers: { authorization: who.id, 'content-type': body.headers.get('content-type')! },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

const read = async (who: { id: string }, id: string) =>
  (await desk.inject({ method: 'GET', url: `/api/attachments/${id}/content`, headers: { authorization: who.id } }))
    .statusCode

test.for(people.map((person) => [person.key, person] as const))(
  'to %s, the files of a record are there where the record is, and are added where it is',
  async ([key, { may, who }]) => {
    const near = await colleague.call(openIncident, { title: 'Ours' })
    const foreign = await stranger.call(openIncident, { title: 'Elsewhere' })
    const files = [near, foreign].map(
      async ({ id }, at) => (await upload(at === 0 ? colleague : stranger, id)).json<{ id: string }>().id,
    )
    const [ours, theirs] = await Promise.all(files)
    const everywhere = may.has('item.read-everywhere')
    const sees = everywhere || who.actor.audience === 'staff' || may.has('item.read-organisation')
    expect(await read(who, ours!), `${key}, a colleague's file`).toBe(sees ? 200 : 404)
    expect(await read(who, theirs!), `${key}, a stranger's file`).toBe(everywhere ? 200 : 404)
    expect(await read(who, missing)).toBe(404)

    const added = async (itemId: string) => (await upload(who, itemId)).statusCode
    const comments = may.has('item.comment')
    expect(await added(near.id), `${key}, to a colleague's record`).toBe(comments ? (sees ? 200 : 404) : 403)
    expect(await added(foreign.id), `${key}, to a stranger's record`).toBe(comments ? (everywhere ? 200 : 404) : 403)
    expect(await added(missing)).toBe(comments ? 404 : 403)
  },
)

test('what staff attach for themselves is given to no requester, and no requester attaches so', async () => {
  const { id } = await colleague.call(openIncident, { title: 'Ours' })
  const analyst = people.find(({ key }) => key === 'analyst')!.who
  const file = (await upload(analyst, id, true)).json<{ id: string }>().id
  for (const { key, who } of people) expect(await read(who, file), key).toBe(who.actor.audience === 'staff' ? 200 : 404)
  expect(await read(colleague, file)).toBe(404)
  expect((await upload(colleague, id, true)).statusCode).toBe(403)
})

test('an export is its maker’s alone', async () => {
  const makers = people.filter(({ may }) => may.has('item.export'))
  expect(makers.length).toBeGreaterThan(1)
  for (const { who } of makers) {
    const { id } = await who.call(startExport, { kind: 'incident', fields: ['number'], format: 'csv' })
    await desk.settle()
    for (const other of makers) {
      const url = `/api/exports/${id}/content`
      const { statusCode } = await desk.inject({ method: 'GET', url, headers: { authorization: other.who.id } })
      expect(statusCode, other.key).toBe(other.who === who ? 200 : 404)
    }
  }
})
