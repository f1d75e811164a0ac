import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { toRequest } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { saveView } from '#shared/item/views.ts'
import { as } from '#server/core/desk.ts'
import { guestLinkTo, guestWith, makeGuestLink } from '#server/guest/guest.ts'
import { routes, served } from '#server/modules.ts'
import { testDesk } from './desk.ts'
import { inputSchema, sampleOf } from './sample.ts'

/** Whoever came by a link reaches one record, by the few routes that say so, and nothing else. */
const missing = '00000000-0000-7000-8000-00000000dead'
const desk = await testDesk()
const sam = await desk.agent('Sam')
const rita = await desk.requester('Rita')
const colleague = await desk.requester('Colleague')
const [mine, another, theirs] = [
  await rita.call(openIncident, { title: 'Mine' }),
  await rita.call(openIncident, { title: 'Mine as well' }),
  await colleague.call(openIncident, { title: 'Theirs' }),
]
await rita.call(saveView, { name: 'Hers', kind: 'incident', filter: '', sort: '-createdAt', columns: [] })
for (const { id } of [mine, another, theirs]) await sam.call(addComment, { itemId: id, body: 'We look into it' })

const link = { itemId: mine.id, personId: rita.id }
const token = await desk.asSystem((ctx) => makeGuestLink(ctx, link))
const { authorization } = desk.guest(guestLinkTo(desk.desk, token))

const guarded = [...served.map(({ endpoint }) => endpoint), ...routes].filter(({ may }) => may !== 'anyone')
const named = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

async function ask(route: (typeof guarded)[number], ids: Record<string, string>) {
  const input = 'input' in route ? { ...(sampleOf(inputSchema(route)) as Record<string, unknown>), ...ids } : ids
  const { url, body } = toRequest(route as Parameters<typeof toRequest>[0], input)
  const headers = { authorization, ...(body && { 'content-type': 'application/json' }) }
  const reply = await desk.inject({ method: route.method, url: `/api${url}`, headers, ...(body && { payload: body }) })
  const { detail = '' } = reply.statusCode >= 400 ? reply.json<{ detail: string }>() : {}
  return { status: reply.statusCode, detail }
}

test('the routes that answer to a link are these', () => {
  const open = guarded.filter(({ byLink }) => byLink).map(named)
  expect(open.toSorted()).toEqual([
    'GET /attachments/:id/content',
    'GET /custom-fields',
    'GET /guest',
    'GET /items/:itemId/asks',
    'GET /items/:itemId/attachments',
    'GET /items/:itemId/comments',
    'GET /items/:itemId/history',
    'GET /items/:itemId/promises',
    'GET /records/:key',
    'POST /items/:itemId/attachments',
    'POST /items/:itemId/comments',
    'PUT /incidents/:id/cancellation',
    'PUT /incidents/:id/closure',
    'PUT /incidents/:id/reopening',
    'PUT /items/:itemId/asks/:id/answer',
  ])
})

test.for(guarded.filter(({ byLink }) => !byLink).map((route) => [named(route), route] as const))(
  '%s answers to no link',
  async ([, route]) => {
    const ids = { itemId: mine.id, id: mine.id, key: mine.id }
    expect(await ask(route, ids)).toEqual({
      status: 403,
      detail: expect.stringMatching(/^You may not do this by a link/),
    })
  },
)

async function upload(itemId: string, by = authorization) {
  const form = new FormData()
  form.set('file', new Blob(['what I saw']), 'door.txt')
  const body = new Response(form)
  const headers = { authorization: by, 'content-type': body.headers.get('content-type')! }
  const payload = Buffer.from(await body.arrayBuffer())
  const reply = await desk.inject({ method: 'POST', url: `/api/items/${itemId}/attachments`, headers, payload })
  return { status: reply.statusCode, id: reply.json<{ id: string }>().id }
}

const read = async (id: string) =>
  (await desk.inject({ method: 'GET', url: `/api/attachments/${id}/content`, headers: { authorization } })).statusCode

test('a file is added by a link to its record and to no other, and no other’s file is read', async () => {
  for (const id of [another.id, theirs.id, missing]) expect((await upload(id)).status).toBe(404)
  const [own, other] = [await upload(mine.id), await upload(another.id, rita.id)]
  expect([own.status, other.status]).toEqual([200, 200])
  expect([await read(own.id), await read(other.id)]).toEqual([200, 404])
})

const subjectOf = (path: string) => /:(itemId|key)\b/.exec(path)?.[1] ?? /incidents\/:(id)/.exec(path)?.[1]
const aboutOne = guarded.filter((route) => route.byLink && 'input' in route && subjectOf(route.path) !== undefined)

test.for(aboutOne.map((route) => [named(route), route] as const))(
  '%s reaches by a link its record and no other',
  async ([, route]) => {
    const subject = subjectOf(route.path)!
    for (const id of [another.id, theirs.id, missing])
      expect(await ask(route, { [subject]: id }), id).toMatchObject({ status: 404 })
    expect((await ask(route, { [subject]: mine.id })).detail).not.toMatch(/no such (record|incident)/)
  },
)

test('the database itself knows of one record then, whatever its person may otherwise see', async () => {
  const guest = (await guestWith(desk.desk, token, { writes: false }))!
  const bold = { ...guest, permissions: new Set(['item.read', 'item.read-organisation'] as const) }
  await as(desk.desk, bold, async ({ db }) => {
    for (const [table, column] of [
      ['item', 'id'],
      ['incident', 'id'],
      ['comment', 'item_id'],
      ['event', 'item_id'],
      ['search_document', 'item_id'],
    ] as const) {
      const { rows } = await sql<{ of: string }>`
        select distinct ${sql.ref(column)} as of from ${sql.table(table)}`.execute(db)
      expect(rows, table).toEqual([{ of: mine.id }])
    }
    const people = await db.selectFrom('person').select('id').where('audience', '=', 'requester').execute()
    expect(people).toEqual([{ id: rita.id }])
    expect(await db.selectFrom('view').select('id').execute()).toEqual([])
  })
  const elsewhere = as(desk.desk, bold, ({ db }) =>
    db.updateTable('item').set({ title: 'Taken' }).where('id', '=', another.id).executeTakeFirst(),
  )
  expect(await elsewhere).toMatchObject({ numUpdatedRows: 0n })
})
