import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { newId } from '#server/core/id.ts'
import { routes, served } from '#server/modules.ts'
import { permissionNames } from '#shared/access.ts'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { keepNoteDraft, keepReplyDraft } from '#shared/item/drafts.ts'
import { setCustom } from '#shared/item/item.ts'
import { addLink } from '#shared/item/links.ts'
import { search } from '#shared/item/search.ts'
import { addTask } from '#shared/item/tasks.ts'
import { countRecords, getRecord, listRecords } from '#shared/records.ts'
import { addTemplate } from '#shared/template.ts'
import { record } from './record.fixture.ts'

// A word that only staff may read, put wherever staff may write, and then looked for in every answer there is.
const canary = 'kanarienvogel'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')
const elsewhere = await desk.organisation('Elsewhere')
const otto = await desk.requester('Otto Brandt', { organisation: elsewhere.id })
/** A requester to whom somebody gave every permission there is: the database alone stands between. */
const bold = await desk.requester('Bold Rita', { may: permissionNames })

async function planted(requester: typeof rita) {
  const one = await record(desk, requester)
  const other = await record(desk, otto, { title: `Otto’s ${canary}`, organisationId: elsewhere.id })
  const { itemId } = one
  await sam.call(addComment, { itemId, body: 'We look into it' })
  const note = await sam.call(addNote, { itemId, body: `Note ${canary}` })
  const task = await sam.call(addTask, { itemId, title: `Step ${canary}`, mandatory: true })
  await sam.call(addLink, { itemId, type: 'relates', to: other.number })
  await sam.call(keepNoteDraft, { itemId, body: `Begun ${canary}`, base: 0 })
  await sam.call(keepReplyDraft, { itemId, body: `Begun ${canary}`, base: 0 })
  await sam.call(setCustom, { itemId, values: { secret: `Value ${canary}` } })
  const file = await desk.asSystem(async ({ db, now }) => {
    const id = newId()
    const about = { name: `${canary}.txt`, type: 'text/plain', size: 1, sha256: '0'.repeat(64), internal: true }
    const row = { ...about, id, itemId, state: 'ready' as const, byId: sam.id, createdAt: now }
    await db.insertInto('attachment').values(row).execute()
    return id
  })
  return { ...one, ids: [itemId, one.number, other.itemId, other.number, note.id, task.id, file, requester.id, sam.id] }
}

await ann.call(addCustomField, { kind: 'incident', name: 'secret', label: `Field ${canary}`, type: 'text' })
await ann.call(addTemplate, { name: canary, use: 'handling', body: canary })
await ann.call(addTemplate, { name: canary, use: 'reply', body: canary })
const [hers, bolds] = [await planted(rita), await planted(bold)]

const reads = [...served.map(({ endpoint }) => endpoint), ...routes]
  .filter(({ method, path }) => method === 'GET' && path !== '/live')
  .map(({ path }) => path)

const needed: Readonly<Record<string, string>> = { '/search': '?q=printer' }

/** The address with every combination of things that could stand in it. */
function addresses(path: string, ids: readonly string[]): string[] {
  const gap = /:\w+|\*/.exec(path)?.[0]
  if (gap === undefined) return [path]
  return ids.flatMap((id) => addresses(path.replace(gap, id), ids))
}

const read = (who: { id: string }, url: string) =>
  desk.inject({ method: 'GET', url: `/api${url}`, headers: { authorization: who.id } })

test.for(reads)('INC-10: GET %s tells a requester nothing that is internal', async (path) => {
  for (const [who, { ids }] of [
    [rita, hers],
    [bold, bolds],
  ] as const)
    for (const url of addresses(path, ids)) {
      const reply = await read(who, url + (needed[path] ?? ''))
      expect(`${url} ${reply.body}`).not.toContain(canary)
    }
})

test('INC-10: the canary sings where staff read it, so that its silence elsewhere means something', async () => {
  expect((await read(sam, `/items/${hers.itemId}/drafts`)).body).toContain(canary)
  const heard = await Promise.all(
    ['notes', 'tasks', 'attachments', 'history', 'handling-notes', 'links'].map(async (part) => {
      const reply = await read(ann, `/items/${hers.itemId}/${part}`)
      return [part, reply.body.includes(canary)]
    }),
  )

  expect(heard.filter(([, there]) => !there)).toEqual([])
  expect(reads.length).toBeGreaterThan(30)
})

test('INC-10: a requester finds, counts and lists nothing by a word that stands in a note', async () => {
  expect((await sam.call(search, { q: canary })).map(({ id }) => id)).toContain(hers.itemId)

  for (const who of [rita, bold]) {
    expect(await who.call(search, { q: canary })).toEqual([])
    expect((await who.call(listRecords, { filter: canary })).records).toEqual([])
    expect(await who.call(countRecords, { filter: canary })).toEqual({ value: 0, exact: true })
  }
})

test('INC-10: by nothing that a record shows of itself does a requester learn of a note', async () => {
  const { itemId } = await record(desk, rita)
  const look = async () => [
    await rita.call(getRecord, { key: itemId }),
    (await rita.call(listRecords, { filter: 'updated>=today' })).records.find(({ id }) => id === itemId),
    await rita.call(countRecords, { filter: 'updated>2030-01-08' }),
  ]
  const before = await look()
  await desk.pass(48)

  await sam.call(addNote, { itemId, body: `Quiet ${canary}` })

  const [shown, , counted] = await look()
  expect(shown).toEqual(before[0])
  expect(counted).toEqual(before[2])
  expect((await sam.call(getRecord, { key: itemId })).updatedAt).toBe('2030-01-09T09:00:00.000Z')
})
