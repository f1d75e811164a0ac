import { inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { getExport, startExport } from '#shared/item/exports.ts'
import { setCustom } from '#shared/item/item.ts'
import { record } from '#server/item/record.fixture.ts'
import { newId } from '#server/core/id.ts'
import { forgetExports } from './exports.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const eve = await desk.agent('Eve Stone')
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')
const network = await desk.team('Network')

const order = { kind: 'incident', fields: ['number', 'title'], format: 'csv' } as const

const content = (who: { id: string }, id: string) =>
  desk.inject({ method: 'GET', url: `/api/exports/${id}/content`, headers: { authorization: who.id } })

async function exported(who: typeof sam, more: Partial<Parameters<typeof who.call<typeof startExport>>[1]> = {}) {
  const { id } = await who.call(startExport, { ...order, fields: [...order.fields], ...more })
  await desk.settle()
  const state = await who.call(getExport, { id })
  expect(state).toMatchObject({ state: 'ready', error: null })
  return { id, state, reply: await content(who, id) }
}

test('a list becomes a CSV that a spreadsheet reads, with labels, names and times', async () => {
  await ann.call(addCustomField, { kind: 'incident', name: 'seats', label: 'Seats', type: 'number' })
  const { itemId, number } = await record(desk, rita, {
    title: 'A "quoted", title',
    tags: ['csv', 'two'],
    teamId: network.id,
    state: 'in_progress',
  })
  await sam.call(setCustom, { itemId, values: { seats: -5 } })

  const { reply, state } = await exported(sam, {
    filter: 'tags:csv',
    fields: ['number', 'title', 'state', 'team', 'assignee', 'requester', 'tags', 'createdAt', 'major', 'custom.seats'],
  })

  expect(reply.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="Incidents 2030-01-07.csv"; filename*=UTF-8''Incidents%202030-01-07.csv`,
    'x-content-type-options': 'nosniff',
  })
  expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(reply.body.slice(1).split('\r\n')).toEqual([
    'Number,Title,State,Team,Assignee,Requester,Tags,Created,Major incident,Seats',
    `${number},"A ""quoted"", title",In progress,Network,,Rita Lindt,"csv, two",2030-01-07T09:00:00.000Z,false,-5`,
    '',
  ])
  expect(state).toMatchObject({ done: 1, total: 1 })
})

test.for(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
  'the title %j is no formula in a CSV',
  async (title) => {
    const tag = `f${newId().slice(-12)}`
    await record(desk, rita, { title, tags: [tag] })

    const { reply } = await exported(sam, { filter: `tags:${tag}`, fields: ['title'] })

    expect(reply.body.slice(1).split('\r\n')[1]?.replace('"', '')).toMatch(/^'/)
  },
)

test('INC-11: an export holds what its owner may see, and nobody else may read it', async () => {
  await record(desk, rita, { title: 'Secret of the network', tags: ['secret'], confidential: true, teamId: network.id })
  await record(desk, rita, { title: 'Open to all', tags: ['secret'] })

  const { id, reply } = await exported(sam, { filter: 'tags:secret' })

  expect(reply.body).toContain('Open to all')
  expect(reply.body).not.toContain('Secret of the network')
  expect((await content(eve, id)).statusCode).toBe(404)
  expect((await content(rita, id)).statusCode).toBe(403)
  await expect(eve.call(getExport, { id })).rejects.toThrow('404')
  await expect(rita.call(startExport, { ...order, fields: ['title'] })).rejects.toThrow('403')
})

test('many records come out each once and in order, page after page', async () => {
  const ids = await desk.asSystem(async ({ db }) => {
    const { rows } = await sql<{ id: string }>`
      insert into item (id, kind, number, title, state, phase, organisation_id, requester_id, tags, created_at, updated_at, version, head)
      select gen_random_uuid(), 'incident', 'INC9' || lpad(n::text, 6, '0'), 'Bulk ' || n, 'new', 'open', ${desk.home.id},
        ${rita.id}, '{bulk}', '2030-01-01'::timestamptz + n % 7 * interval '1 minute', '2030-01-01', 1, ''
      from generate_series(1, 1050) n returning id`.execute(db)
    await sql`insert into incident (id, impact, urgency, source)
      select id, 3, 3, 'api' from item where tags = '{bulk}'`.execute(db)
    return rows
  })

  const { reply, state } = await exported(sam, {
    filter: 'tags:bulk',
    sort: '-createdAt,title',
    fields: ['number', 'createdAt'],
  })

  const lines = reply.body.slice(1).trimEnd().split('\r\n').slice(1)
  expect(lines).toHaveLength(ids.length)
  expect(new Set(lines).size).toBe(ids.length)
  const times = lines.map((line) => Date.parse(line.split(',')[1] ?? ''))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(state).toMatchObject({ done: 1050, total: 1050 })
})

test('the same list becomes an Excel workbook in which text stays text', async () => {
  await record(desk, rita, { title: '=1+1 <b> & \u0001"x"', tags: ['xlsx'], priority: 2 })

  const { reply } = await exported(sam, { filter: 'tags:xlsx', format: 'xlsx', fields: ['title', 'priority', 'major'] })

  const files = unzip(reply.rawPayload)
  expect([...files.keys()]).toContain('[Content_Types].xml')
  expect(files.get('xl/worksheets/sheet1.xml')).toContain(
    '<row><c t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;b&gt; &amp; &quot;x&quot;</t></is></c>' +
      '<c><v>2</v></c><c t="b"><v>0</v></c></row>',
  )
  expect(files.get('xl/workbook.xml')).toContain('name="Incidents"')
})

/** Reads an archive by its directory at the end, as every program does. */
function unzip(bytes: Buffer) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameLength, from] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28)
    const text = inflateRawSync(bytes.subarray(start, start + packed)).toString()
    expect(Buffer.byteLength(text)).toBe(bytes.readUInt32LE(at + 24))
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), text)
    at += 46 + nameLength
  }
  return files
}

test.for([
  [{ fields: ['number', 'password'] }, "400 There is no field 'password'"],
  [{ filter: 'stat:open' }, '400 At character 1'],
  [{ sort: 'nonsense' }, '400 One cannot sort by'],
  [{ kind: 'spaceship' }, '400 There is no kind'],
] as const)('an export that cannot be made is refused at once: %o', async ([wrong, why]) => {
  const fields = [...('fields' in wrong ? wrong.fields : order.fields)]
  await expect(sam.call(startExport, { ...order, ...wrong, fields })).rejects.toThrow(why)
})

test('one person has three exports on their way at most, and none is ready before it is', async () => {
  const ids = []
  for (let at = 0; at < 3; at += 1) ids.push((await eve.call(startExport, { ...order, fields: ['title'] })).id)

  await expect(eve.call(startExport, { ...order, fields: ['title'] })).rejects.toThrow('429')
  expect((await content(eve, ids[0]!)).statusCode).toBe(409)
  await desk.settle()
  expect((await content(eve, ids[2]!)).statusCode).toBe(200)
})

test('an export of somebody who was let go meanwhile fails and says so', async () => {
  const gone = await desk.agent('Gone Meanwhile')
  const { id } = await gone.call(startExport, { ...order, fields: ['title'] })
  await desk.asSystem(({ db }) => db.updateTable('person').set({ active: false }).where('id', '=', gone.id).execute())
  await desk.settle()

  expect(await gone.call(getExport, { id })).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('no longer'),
  })
  expect((await content(gone, id)).statusCode).toBe(409)
})

test('an export is forgotten after a week', async () => {
  const { id } = await exported(ann)
  await desk.pass(6 * 24)
  await forgetExports.run(desk.desk, {})
  expect((await content(ann, id)).statusCode).toBe(200)

  await desk.pass(2 * 24)
  await forgetExports.run(desk.desk, {})
  expect((await content(ann, id)).statusCode).toBe(404)
})
