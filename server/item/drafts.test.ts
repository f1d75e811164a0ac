import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addComment, addNote, listComments } from '#shared/item/conversation.ts'
import { keepNoteDraft, keepReplyDraft, listDrafts, readDrafts } from '#shared/item/drafts.ts'
import { permissionNames } from '#shared/access.ts'
import { admin } from '#test/template.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const sam = await desk.agent('Sam Ortiz')
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')

const bodies = async (who: typeof sam, itemId: string) =>
  (await who.call(readDrafts, { itemId })).map(({ mode, body }) => `${mode}: ${body}`)

/** What lies in the database, whoever may read it. */
const kept = (itemId: string) =>
  admin<{ body: string }>(`select body from draft where item_id = '${itemId}' order by mode`, desk.database)

test('what is being written on a record is there in the next window too, word for word', async () => {
  const { itemId } = await record(desk, rita)

  const first = await sam.call(keepReplyDraft, { itemId, body: 'Which floor ', base: 0 })
  const second = await sam.call(keepReplyDraft, { itemId, body: 'Which floor is it?\n', base: first.version })
  await sam.call(keepNoteDraft, { itemId, body: 'The old printer again', base: 0 })

  expect(second.version).toBe(first.version + 1)
  expect(await bodies(sam, itemId)).toEqual(['note: The old printer again', 'reply: Which floor is it?\n'])
  const mine = (await sam.call(listDrafts, {})).filter((one) => one.itemId === itemId)
  expect(mine.map(({ mode }) => mode).toSorted()).toEqual(['note', 'reply'])
})

test('a draft is its writer’s alone: not an administrator, not the requester, and not the desk itself reads it', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(keepReplyDraft, { itemId, body: 'Half a thought', base: 0 })
  await rita.call(keepReplyDraft, { itemId, body: 'Hers', base: 0 })

  expect(await bodies(ann, itemId)).toEqual([])
  expect(await bodies(rita, itemId)).toEqual(['reply: Hers'])
  expect(await ann.call(listDrafts, {})).toEqual([])
  await expect(desk.asSystem(({ db }) => db.selectFrom('draft').select('body').execute())).rejects.toThrow(
    'permission denied',
  )
})

test('a draft goes with the comment that it became, and a late save does not bring it back', async () => {
  const { itemId } = await record(desk, rita)
  const { version } = await sam.call(keepReplyDraft, { itemId, body: 'On my way', base: 0 })

  await sam.call(addComment, { itemId, body: 'On my way', draft: version })

  expect(await kept(itemId)).toEqual([{ body: '' }])
  await expect(sam.call(keepReplyDraft, { itemId, body: 'On my w', base: version })).rejects.toThrow('409')
  expect(await bodies(sam, itemId)).toEqual(['reply: '])
  expect((await sam.call(listDrafts, {})).filter((one) => one.itemId === itemId)).toEqual([])
})

test('a first save that comes after the comment was sent is late as well', async () => {
  const { itemId } = await record(desk, rita)

  await sam.call(addNote, { itemId, body: 'Quick', draft: 0 })

  await expect(sam.call(keepNoteDraft, { itemId, body: 'Qui', base: 0 })).rejects.toThrow('409')
  expect(await kept(itemId)).toEqual([{ body: '' }])
})

test('what was written on in another window outlasts what was sent from this one', async () => {
  const { itemId } = await record(desk, rita)
  const { version } = await sam.call(keepReplyDraft, { itemId, body: 'Hello', base: 0 })
  await sam.call(keepReplyDraft, { itemId, body: 'Hello, and one thing more', base: version })

  await sam.call(addComment, { itemId, body: 'Hello', draft: version })

  expect(await bodies(sam, itemId)).toEqual(['reply: Hello, and one thing more'])
})

test('a save whose answer was lost may be sent again; one from an older version is refused, and nothing of it is lost', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(keepReplyDraft, { itemId, body: 'One', base: 0 })

  const again = await sam.call(keepReplyDraft, { itemId, body: 'One', base: 0 })
  await expect(sam.call(keepReplyDraft, { itemId, body: 'Two', base: 0 })).rejects.toThrow('go on from its version')

  expect(await bodies(sam, itemId)).toEqual(['reply: One'])
  expect((await sam.call(keepReplyDraft, { itemId, body: 'Two', base: again.version })).version).toBe(again.version + 1)
})

test('a comment that says nothing of a draft leaves it alone, and one that was refused does too', async () => {
  const { itemId } = await record(desk, rita)
  const { version } = await sam.call(keepReplyDraft, { itemId, body: 'By hand', base: 0 })

  await sam.call(addComment, { itemId, body: 'By a program' })
  await expect(sam.call(addComment, { itemId, body: '  ', draft: version })).rejects.toThrow('Write something')

  expect(await bodies(sam, itemId)).toEqual(['reply: By hand'])
  expect(await sam.call(listComments, { itemId })).toHaveLength(1)
})

test('INC-11: on a restricted record nobody keeps a draft who may not see it, and a draft goes out of sight with it', async () => {
  const secret = await record(desk, rita, { confidential: true, teamId: network.id })
  await expect(sam.call(keepNoteDraft, { itemId: secret.itemId, body: 'x', base: 0 })).rejects.toThrow('404')
  const open = await record(desk, rita)
  await sam.call(keepNoteDraft, { itemId: open.itemId, body: 'Mine', base: 0 })

  await desk.asSystem(({ db }) =>
    db.updateTable('item').set({ confidential: true, teamId: network.id }).where('id', '=', open.itemId).execute(),
  )

  await expect(sam.call(readDrafts, { itemId: open.itemId })).rejects.toThrow('404')
  expect((await sam.call(listDrafts, {})).filter((one) => one.itemId === open.itemId)).toEqual([])
})

test('INC-10: whatever a requester was permitted, the database takes no internal note from them, not even a draft', async () => {
  const bold = await desk.requester('Bold Rita', { may: permissionNames })
  const { itemId } = await record(desk, bold)

  await expect(bold.call(keepNoteDraft, { itemId, body: 'x', base: 0 })).rejects.toThrow('403')
})

test('a month untouched, or its writer gone, a draft is swept away', async () => {
  const left = await desk.agent('Leo Gone')
  const { itemId } = await record(desk, rita)
  await sam.call(keepReplyDraft, { itemId, body: 'Old', base: 0 })
  await desk.pass(24 * 20)
  await sam.call(keepNoteDraft, { itemId, body: 'Younger', base: 0 })
  await left.call(keepReplyDraft, { itemId, body: 'Left behind', base: 0 })
  await desk.asSystem(({ db }) => db.updateTable('person').set({ active: false }).where('id', '=', left.id).execute())

  await desk.pass(24 * 11)

  expect(await kept(itemId)).toEqual([{ body: 'Younger' }])
})

test('a draft is as long as a comment may be, and no longer', async () => {
  const { itemId } = await record(desk, rita)

  await sam.call(keepReplyDraft, { itemId, body: 'x'.repeat(50_000), base: 0 })
  await expect(sam.call(keepReplyDraft, { itemId, body: 'x'.repeat(50_001), base: 1 })).rejects.toThrow('50000')
})
