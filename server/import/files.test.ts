import { expect, test } from 'vitest'
import { as, system } from '#server/core/desk.ts'
import { asXlsx } from './sheet.fixture.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { bringIn, textSource } from './log.fixture.ts'
import { look } from './ready.ts'

const desk = await testDesk()
let systems = 0
/** Each file from a system of its own, so that none is taken for another. */
const bring = (text: string | Buffer, changed = {}, name = 'tickets.csv') =>
  bringIn(desk.desk, textSource(text, name), { system: `s${(systems += 1)}`, ...changed })
const learned = async (text: string | Buffer, name?: string) => look(textSource(text, name), 'file')
const recordsOf = (number: string) =>
  as(desk.desk, system, ({ db }) =>
    db
      .selectFrom('item')
      .innerJoin('incident', 'incident.id', 'item.id')
      .leftJoin('team', 'team.id', 'item.teamId')
      .innerJoin('person', 'person.id', 'item.requesterId')
      .select(['item.number', 'item.title', 'item.state', 'item.priority', 'team.name as team', 'person.email'])
      .select(['incident.description', 'incident.resolvedAt', 'incident.closedAt', 'item.createdAt', 'item.custom'])
      .where('item.title', '=', number)
      .execute(),
  )

test('any CSV of tickets is read by the names of its columns: one row a ticket, with its beginning and end', async () => {
  const csv = [
    'Ticket ID;Subject;Status;Priority;Group;Assignee;Requester name;Requester email;Created at;Solved at;Cost centre',
    'HD-1;Printer on fire;Solved;High;Print;Ada;Bo Berg;Bo@Example.com;2024-03-30 09:00;2024-03-31 10:30;4711',
    'HD-2;"Slow; very ""slow""";Pending;Low;Network;;Cy;;2024-04-01 08:00;;4712',
  ].join('\n')
  const certificate = await bring(csv, { zone: 'Europe/Oslo' })
  expect(certificate).toMatchObject({ incidents: 2, rejectedCount: 0, hashes: { equal: true } })
  expect(await recordsOf('Printer on fire')).toMatchObject([
    {
      number: 'HD-1',
      state: 'resolved',
      priority: 2,
      team: 'Print',
      email: 'bo@example.com',
      createdAt: '2024-03-30T08:00:00.000Z',
      resolvedAt: '2024-03-31T08:30:00.000Z',
      custom: { cost_centre: 4711 },
    },
  ])
  expect(await recordsOf('Slow; very "slow"')).toMatchObject([{ number: 'HD-2', state: 'waiting', resolvedAt: null }])
  const names = await admin<{ name: string }>(
    `select event.name from event join item on item.id = item_id where number = 'HD-1' order by seq`,
    desk.database,
  )
  expect(names.map(({ name }) => name)).toEqual(['incident.opened', 'incident.resolved'])
})

test('a later export of the same tickets adds what became of them, and nothing where nothing did', async () => {
  const head = 'Key,Title,Status,Created,Updated,Closed'
  const from = { system: `again${(systems += 1)}` }
  const first = await bring(
    [head, 'A-1,One,Open,2024-01-01,2024-01-01,', 'A-2,Two,Open,2024-01-01,2024-01-01,'].join('\n'),
    from,
  )
  expect(first.added).toMatchObject({ incidents: 2, events: 2 })
  const second = await bring(
    [head, 'A-1,One,Open,2024-01-01,2024-01-01,', 'A-2,Two,Closed,2024-01-01,2024-02-01,2024-02-01'].join('\n'),
    from,
  )
  expect(second.added).toMatchObject({ incidents: 0, events: 1 })
  expect(second.hashes.equal).toBe(true)
  expect(await recordsOf('Two')).toMatchObject([{ state: 'closed', closedAt: '2024-02-01T00:00:00.000Z' }])
  expect(await recordsOf('One')).toMatchObject([{ state: 'new' }])
})

test('every sort of broken row is told by its line, and stops no other', async () => {
  const lines = [
    'number,state,opened_at,priority,short_description,resolved_at',
    'B-1,New,2024-01-13 10:00,2,Good one,',
    'B-2,New,2024-02-31 10:00,2,No such day,',
    'B-3,New,yesterday,2,No time,',
    ',New,2024-01-13 10:00,2,No number,',
    'B-5,New,2024-01-13 10:00,2,Too few',
    'B-6,New,2024-01-13 10:00,2,Too many,,,x',
    'B-7,New,2024-01-13 10:00,nine,No such priority,',
    'B-8,New,2024-01-13 10:00,2,"Quote"s in the middle,',
    'B-9,New,2024-01-13 10:00,2,Null\0character,',
    'B-10,New,,2,Never opened,',
    'B-1,New,2024-01-13 10:00,2,Number again,',
    'B-12,New,2024-01-13 10:00,2,"Never closed,',
    'B-13,New,2024-01-13 10:00,2,Good two,',
    'B-14,New,2024-01-13 10:00,2,"Good',
    'three",',
    '',
    'B-15,New,2024-01-13 10:00,2,Good four,2024-01-14 11:00',
  ]
  const certificate = await bring(lines.join('\r\n'))
  expect(certificate.rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '3: opened_at is no time: “2024-02-31 10:00”',
    '4: opened_at is no time: “yesterday”',
    '5: it has no number',
    '6: it has 5 cells where the head has 6',
    '7: it has 8 cells where the head has 6',
    '8: priority is “nine”, which the mapping does not know',
    '9: a quote ends in the middle of a cell',
    '10: it holds null characters',
    '11: it does not say when it was opened',
    '12: B-1 stands in line 2 already',
    '13: a quote is opened and not closed again',
  ])
  expect(certificate).toMatchObject({ incidents: 4, rejectedCount: 11, hashes: { equal: true } })
  expect(certificate.file.rows).toBe(15)
  expect(await recordsOf('Good three')).toHaveLength(1)
})

/** Which order of days a file with these times speaks for, and whether it is unsure. */
const seen = async (...times: string[]) => {
  const rows = times.map((time, at) => `${at},T,${time}`)
  const { mapping, recognised } = await learned(['Number,Title,Created', ...rows].join('\n'))
  return [mapping.dates, recognised.datesUnsure]
}

test('whichever day comes first is told by all times of a file; where none tells, it is asked', async () => {
  expect(await seen('1/2/2024 10:00', '29/2/2024 11:00')).toEqual(['dmy', false])
  expect(await seen('1/2/2024 1:00 PM', '2/29/2024 11:00 AM')).toEqual(['mdy', false])
  expect(await seen('2024-02-01T10:00:00+02:00')).toEqual(['ymd', false])
  expect(await seen('01.02.2024')).toEqual(['dmy', false])
  expect(await seen('1/2/2024', '3/4/2024')).toEqual(['dmy', true])
  expect(await seen('13/2/2024', '3/14/2024')).toEqual(['dmy', true])
})

test('letters come right whichever way a file writes them', async () => {
  const text = 'Number;Title;Created\nC-1;Größe fällt auf – ß;2024-01-13\n'
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  const files = {
    'utf-8': Buffer.from(text),
    'utf-8 with a mark': Buffer.from(`\ufeff${text}`),
    'utf-16le': little,
    'utf-16be': Buffer.from(little).swap16(),
    'windows-1252': Buffer.from(text.replace('–', '\x96'), 'latin1'),
  }
  for (const [name, bytes] of Object.entries(files)) {
    const { sample } = await learned(bytes)
    expect(sample, name).toMatchObject({
      head: ['Number', 'Title', 'Created'],
      rows: [{ cells: ['C-1', 'Größe fällt auf – ß', '2024-01-13'] }],
    })
  }
})

test('an Excel workbook is read as the same CSV is', async () => {
  const rows = [
    ['Number', 'Title', 'State', 'Created', 'Count', 'VIP'],
    ['D-1', '=1+1', 'Open', '2024-01-13 10:00', '7', 'true'],
    ['D-2', 'Ärger', 'Closed', '2024-01-14 10:00', '', 'false'],
  ]
  const csv = rows.map((row) => row.join(',')).join('\n')
  const sheet = await asXlsx(rows.map((row, at) => row.map((cell) => (at > 0 && cell === '7' ? 7 : cell))))
  const [one, two] = [await bring(csv), await bring(sheet, {}, 'tickets.xlsx')]
  expect(two.hashes).toEqual(one.hashes)
  expect(two).toMatchObject({ incidents: 2, rejectedCount: 0, hashes: { equal: true } })
  expect(await recordsOf('=1+1')).toHaveLength(2)
})

test('what is no table is refused in a sentence', async () => {
  await expect(bring('')).rejects.toThrow('The file is empty')
  await expect(bring('just a line')).rejects.toThrow('one column only')
  await expect(bring(Buffer.from('PK\u0003\u0004 not a zip'), {}, 'x.xlsx')).rejects.toThrow(
    'This Excel file is broken',
  )
  await expect(bring(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).rejects.toThrow('old Excel file')
  await expect(bring(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(30)]))).rejects.toThrow('broken')
  await expect(bring('a,b\n1,2\n')).rejects.toThrow('Choose the column for “Number”')
})

test('a number that is taken is kept beside a new one, and finds the record', async () => {
  const csv = 'Number,Title,Created\nF-1,First,2024-01-13\n'
  await bring(csv)
  const again = await bring(csv)
  expect(again.renumbered).toMatchObject([{ was: 'F-1', is: expect.stringMatching(/^INC\d{7}$/) as string }])
  const records = await recordsOf('First')
  expect(records.map(({ number }) => number).toSorted()).toEqual(['F-1', again.renumbered[0]!.is])
  expect(records.find(({ number }) => number !== 'F-1')!.custom).toEqual({ source_number: 'F-1' })
})

test('a huge cell, a wild head and a cell that would be a formula do no harm', async () => {
  const csv = [
    'Number,Title,Created,__proto__,constructor,toString,"=cmd|\' /C calc\'!A0"',
    `G-1,${'y'.repeat(900_000)},2024-01-13,p,c,t,=1+1`,
    'G-2,"<script>alert(1)</script>",2024-01-13,p,c,t,+1',
  ].join('\n')
  const certificate = await bring(csv)
  expect(certificate).toMatchObject({ incidents: 2, rejectedCount: 0, hashes: { equal: true } })
  expect(({} as Record<string, unknown>)['p']).toBeUndefined()
  expect(await recordsOf('<script>alert(1)</script>')).toHaveLength(1)
})

test('times of a workbook are read as they are shown, shared texts and styles included', async () => {
  const sheet = await asXlsx([
    ['Number', 'Title', 'Created'],
    ['S-1', { shared: 0 }, { days: 45_304.25 }],
    ['S-2', { shared: 1 }, { days: 45_304 }],
  ])
  const { sample } = await learned(sheet, 'dates.xlsx')
  expect(sample.rows).toEqual([
    { line: 2, cells: ['S-1', 'Two & more', '2024-01-13 06:00:00'] },
    { line: 3, cells: ['S-2', 'Spoken', '2024-01-13'] },
  ])
})
