import { expect, test, vi } from 'vitest'
import type { Endpoint, Input, Output } from '#shared/core/endpoint.ts'
import * as api from '#shared/import.ts'
import { getPriorityMatrix } from '#shared/matrix.ts'
import { startWorker } from '#server/core/worker.ts'
import { jobs } from '#server/modules.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { carryOut } from './run.ts'
import { csvOf, readLog } from './log.fixture.ts'
import { textSource } from './log.fixture.ts'

const desk = await testDesk()
const ada = await desk.administrator('Ada')
const log = (await readLog()).slice(0, 600)

async function upload(who: { id: string }, content: string | Buffer<ArrayBuffer>, name = 'log.csv', part = 'file') {
  const form = new FormData()
  form.set(part, new Blob([content]), name)
  const body = new Response(form)
  const reply = await desk.inject({
    method: 'POST',
    url: '/api/imports',
    headers: { authorization: who.id, 'content-type': body.headers.get('content-type')! },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  return { status: reply.statusCode, body: reply.json<api.ImportDetail>() }
}

async function ready(content: string, name?: string) {
  const { body } = await upload(ada, content, name)
  await desk.settle()
  return ada.call(api.getImport, { id: body.id })
}

const refused = <E extends Endpoint>(
  call: (endpoint: E, input: Input<E>) => Promise<Output<E>>,
  endpoint: E,
  input: Input<E>,
) =>
  call(endpoint, input).then(
    () => 'done',
    (error: Error) => error.message,
  )

test('an upload is looked through, mapped, previewed, brought in by a job, and certified', async () => {
  const { status, body } = await upload(ada, csvOf(log), 'Vault export 2024-05-01.csv')
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'reading', by: { name: 'Ada' }, share: 0 })
  await desk.settle()
  const seen = await ada.call(api.getImport, { id: body.id })
  expect(seen).toMatchObject({ state: 'ready', wrong: [], recognised: { rows: 600, type: 'csv', delimiter: ',' } })
  expect(seen.mapping).toMatchObject({ rows: 'updates', dates: 'dmy', system: 'servicenow' })
  expect(seen.preview[0]!.fields).toContainEqual({ label: 'Opened', value: '2016-02-29 01:16 UTC' })

  const { updatedAt: _, ...columns } = seen.mapping!.columns
  const lacking = await ada.call(api.mapImport, { id: body.id, mapping: { ...seen.mapping!, columns } })
  expect(lacking.wrong).toEqual(['Choose the column for “Updated”'])
  expect(await refused(ada.call, api.startImport, { id: body.id })).toContain('Choose the column')
  const mapped = await ada.call(api.mapImport, { id: body.id, mapping: { ...seen.mapping!, states: {} } })
  expect(mapped.mapping!.states, 'what is not chosen is guessed').toEqual(seen.mapping!.states)

  expect(await ada.call(api.startImport, { id: body.id, adoptMatrix: true })).toMatchObject({ state: 'waiting' })
  expect(await refused(ada.call, api.startImport, { id: body.id })).toContain('cannot be started')
  expect(await refused(ada.call, api.removeImport, { id: (await upload(ada, 'a,b\n1,2\n')).body.id })).toBe('done')
  await desk.settle()
  const done = await ada.call(api.getImport, { id: body.id })
  expect(done).toMatchObject({
    state: 'done',
    share: 1,
    rejectedCount: 0,
    certificate: { events: 600, hashes: { equal: true } },
  })
  expect((await ada.call(api.listImports, {}))[0]).toMatchObject({ id: body.id, records: done.certificate!.incidents })
  const matrix = await ada.call(getPriorityMatrix, {})
  expect(matrix.find(({ impact, urgency }) => impact === 3 && urgency === 3)).toMatchObject({ priority: 4 })
  expect(desk.mail).toEqual([])
})

test('what is no use is refused: no file, a wrong part, an empty one; what cannot be read says so on its page', async () => {
  expect((await upload(ada, '')).status).toBe(400)
  expect((await upload(ada, 'x', 'x.csv', 'other')).status).toBe(400)
  const bad = await ready('not a table at all', 'bad.csv')
  expect(bad).toMatchObject({ state: 'failed', error: expect.stringContaining('one column only') as string })
})

test('only those who may bring records in can upload, look, start or download', async () => {
  for (const role of ['requester', 'analyst', 'team_lead', 'service_manager', 'auditor']) {
    const who = await desk.person(role, { role })
    expect((await upload(who, csvOf(log))).status, role).toBe(403)
    expect(await refused(who.call, api.listImports, {}), role).toContain('403')
    const url = '/api/imports/00000000-0000-7000-8000-00000000dead/rejected'
    expect((await desk.inject({ method: 'GET', url, headers: { authorization: who.id } })).statusCode, role).toBe(403)
  }
})

test('an import that is stopped keeps what it wrote, goes on where it was, and writes nothing twice', async () => {
  const content = [
    'Number,Title,Created',
    ...Array.from({ length: 3000 }, (_, at) => `STOP-${at},T${at},2024-01-13`),
  ].join('\n')
  const { id, mapping } = await ready(content, 'stop.csv')
  await ada.call(api.startImport, { id })
  let written = 0
  const broken = carryOut(desk.desk, id, textSource(content), {
    follow: async ({ step, done }) => {
      if (step !== 'write') return
      written = done
      await ada.call(api.cancelImport, { id })
    },
  })
  // Whoever works on it notices at the next portion.
  await expect(broken).rejects.toThrow('stopped')
  const counted = () => admin<{ count: number }>(`select count(*) from item where number like 'STOP-%'`, desk.database)
  const [{ count }] = (await counted()) as [{ count: number }]
  expect(count).toBe(written)
  expect(count).toBeLessThan(3000)
  expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'cancelled' })
  await ada.call(api.startImport, { id })
  await desk.settle()
  const done = await ada.call(api.getImport, { id })
  expect(done).toMatchObject({
    state: 'done',
    certificate: { incidents: 3000, added: { incidents: 3000 }, system: mapping!.system },
  })
  expect(await counted()).toEqual([{ count: 3000 }])
})

test('what a desk left when it ended goes on by itself', async () => {
  const content = [
    'Number,Title,Created',
    ...Array.from({ length: 50 }, (_, at) => `LEFT-${at},T${at},2024-01-13`),
  ].join('\n')
  const { id } = await ready(content, 'left.csv')
  await desk.asSystem(({ db, now }) =>
    db.updateTable('importRun').set({ state: 'working', beatAt: now, startedAt: now }).where('id', '=', id).execute(),
  )
  await desk.pass(0.005)
  expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'working' })
  await desk.pass(0.02)
  await desk.settle()
  expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'done', certificate: { incidents: 50 } })
})

test('a desk that stops does not wait for an import, and the next one goes on with it at once', async () => {
  const rows = Array.from({ length: 6000 }, (_, at) => `HALT-${at},T${at},2024-01-13`)
  const { id } = await ready(['Number,Title,Created', ...rows].join('\n'), 'halt.csv')
  await ada.call(api.startImport, { id })
  const worker = await startWorker(desk.desk, jobs, desk.ownerUrl)
  await vi.waitFor(
    async () => expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'working', step: 'write' }),
    { timeout: 60_000, interval: 20 },
  )
  await worker.stop()
  const stopped = await ada.call(api.getImport, { id })
  expect(stopped).toMatchObject({ state: 'working', certificate: null, error: null })
  expect(stopped.share).toBeLessThan(0.8)
  await desk.settle()
  expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'done', certificate: { incidents: 6000 } })
})

test('whoever takes an import up shuts out who had it before, so that no record comes in twice', async () => {
  const content = [
    'Number,Title,Created',
    ...Array.from({ length: 3000 }, (_, at) => `TWO-${at},T${at},2024-01-13`),
  ].join('\n')
  const { id } = await ready(content, 'two.csv')
  let second: Promise<unknown> | undefined
  const first = carryOut(desk.desk, id, textSource(content), {
    follow: ({ step }) => {
      if (step === 'write') second ??= carryOut(desk.desk, id, textSource(content)).catch((error: unknown) => error)
    },
  })
  await expect(first).rejects.toThrow('taken up elsewhere')
  expect(await second).toMatchObject({ incidents: 3000 })
  expect(await ada.call(api.getImport, { id })).toMatchObject({ state: 'done', certificate: { incidents: 3000 } })
  const rows = await admin(
    `select count(*), count(distinct number) as numbers from item where number like 'TWO-%'`,
    desk.database,
  )
  expect(rows).toEqual([{ count: 3000, numbers: 3000 }])
})

test('the share of an import grows with the work, and is whole at its end only', async () => {
  const content = csvOf(log.map((row) => ({ ...row, number: `Z-${row['number']!}` })))
  const { id, mapping } = await ready(content, 'share.csv')
  await ada.call(api.mapImport, { id, mapping: { ...mapping!, system: 'share' } })
  const shares: number[] = []
  await carryOut(desk.desk, id, textSource(content), {
    follow: ({ step, done, total }) => {
      shares.push(step === null ? 3 : ['read', 'write', 'check'].indexOf(step) + done / total)
    },
  })
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(3)
})

test('rows that were not taken can be had as CSV, with what stood in them, and no spreadsheet runs them', async () => {
  const { id } = await ready('Number,Title,Created\nR-1,=1+1,never\nR-2,Fine,2024-01-13\n', 'rows.csv')
  await ada.call(api.startImport, { id })
  await desk.settle()
  const reply = await desk.inject({
    method: 'GET',
    url: `/api/imports/${id}/rejected`,
    headers: { authorization: ada.id },
  })
  expect(reply.headers['content-disposition']).toContain('attachment')
  expect(reply.body).toBe(
    "\ufeffLine,Why it was not taken,Number,Title,Created\r\n2,Created is no time: “never”,R-1,'=1+1,never\r\n",
  )
})

test('a mapping is kept under its name, replaced under it, used again and forgotten', async () => {
  const { mapping } = await ready('Number,Title,Created\nM-1,T,2024-01-13\n', 'map.csv')
  const first = await ada.call(api.saveImportMapping, { name: 'Ours', mapping: mapping! })
  const second = await ada.call(api.saveImportMapping, { name: 'ours', mapping: { ...mapping!, zone: 'Europe/Oslo' } })
  const saved = await ada.call(api.listImportMappings, {})
  expect(saved).toMatchObject([{ id: second.id, name: 'ours', mapping: { zone: 'Europe/Oslo' } }])
  expect(await refused(ada.call, api.removeImportMapping, { id: first.id })).toContain('no such mapping')
  await ada.call(api.removeImportMapping, { id: second.id })
  expect(await ada.call(api.listImportMappings, {})).toEqual([])
})

test('the file of an upload stays until it is done with, and then goes', async () => {
  const { id, body } = {
    id: '',
    body: (await upload(ada, 'Number,Title,Created\nK-1,T,2024-01-13\n', 'keep.csv')).body,
  }
  expect(id).toBe('')
  const file = async () => {
    const [row] = await admin<{ file: string }>(`select file from import_run where id = '${body.id}'`, desk.database)
    return desk.desk.ports.files.has(row!.file)
  }
  vi.setSystemTime(Date.now() + 3 * 86_400_000)
  await desk.pass(0)
  expect(await file()).toBe(true)
  await ada.call(api.startImport, { id: body.id })
  await desk.settle()
  vi.setSystemTime(Date.now() + 3 * 86_400_000)
  await desk.pass(0)
  expect(await file()).toBe(false)
})
