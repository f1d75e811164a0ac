import { sql } from 'kysely'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { conflict, Refusal } from '#server/core/refusal.ts'
import type { Certificate } from '#shared/import/certificate.ts'
import { Mapping } from '#shared/import/mapping.ts'
import { setPriorityMatrix } from '#server/incident/incident.ts'
import { certificateOf } from './certify.ts'
import { checker } from './check.ts'
import { drafter } from './draft.ts'
import { ensureFields } from './fields.ts'
import type { Known } from './names.ts'
import { runOf, type Run } from './runs.ts'
import { nextGroups, stageRows, unstage } from './stage.ts'
import type { Source } from './source.ts'
import { openTable, type Table } from './table.ts'
import { writeGroups } from './write.ts'

/** Somebody else went on with this import, or it was called off: whoever finds this out lets it be. */
export class Stopped extends Error {}

/** Told after each portion; the work waits for it. */
export interface Follow {
  (progress: { readonly step: Run['step']; readonly done: number; readonly total: number }): unknown
}

interface How {
  readonly follow?: Follow
  /** Told when the desk stops: then it ends after the portion that it is at. */
  readonly stopping?: AbortSignal | undefined
}

interface Work {
  readonly desk: Desk
  readonly id: string
  readonly attempt: number
  readonly mapping: Mapping
  readonly table: Table
  readonly follow: Follow
  readonly stopping: AbortSignal | undefined
}

/**
 * Carries an import out from wherever it stands: reads the file beside, writes record by record, reads it all back, and
 * ends with the certificate. Each portion is one transaction that also notes how far it came, so it can stop anywhere.
 */
export async function carryOut(
  desk: Desk,
  id: string,
  source: Source,
  { follow = () => {}, stopping }: How = {},
): Promise<Certificate> {
  const run = await take(desk, id)
  const mapping = Mapping.parse(run.mapping)
  const table = await openTable(source)
  if (table.sha256 !== run.file) throw conflict('The file is not the one that this import began with')
  const work: Work = { desk, id, attempt: run.attempt, mapping, table, follow, stopping }
  if (run.step === null || run.step === 'read' || !(await isStaged(desk, run))) await readAll(work)
  if ((await runOf(desk, id)).step === 'write') await writeAll(work)
  return checkAll(work)
}

/** Whoever takes an import up counts one more attempt; from then on nobody else’s work on it is let in. */
async function take(desk: Desk, id: string) {
  return as(desk, system, async ({ db, now }) => {
    const row = await db
      .updateTable('importRun')
      .set((eb) => ({ attempt: eb('attempt', '+', 1), state: 'working', beatAt: now, error: null }))
      .set((eb) => ({ startedAt: eb.fn.coalesce('startedAt', eb.val(now)) }))
      .where('id', '=', id)
      .where('state', 'in', ['ready', 'waiting', 'working', 'failed', 'cancelled', 'done'])
      .returningAll()
      .executeTakeFirst()
    if (!row) throw conflict('This import cannot be started')
    return row
  })
}

const isStaged = (desk: Desk, { id, total, step }: Run) =>
  as(desk, system, async ({ db }) => {
    const { rows } = await db
      .selectFrom('importRow')
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where('runId', '=', id)
      .executeTakeFirstOrThrow()
    return (step === 'write' || step === 'check') && rows === total
  })

interface Progress {
  readonly step?: 'read' | 'write' | 'check'
  readonly done?: number
  readonly total?: number
  readonly lastKey?: string
}

/** Notes how far an import is, in the transaction whose work that is, and stops it where it is no longer ours. */
async function beat(ctx: Ctx, { id, attempt, stopping }: Omit<Work, 'desk'>, { step, done, total, lastKey }: Progress) {
  const row = await ctx.db
    .updateTable('importRun')
    .set({
      beatAt: ctx.now,
      ...(step && { step, stepAt: ctx.now }),
      ...(done !== undefined && { done }),
      ...(total !== undefined && { total }),
      ...(lastKey !== undefined && { lastKey }),
    })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'working')
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new Stopped('This import was stopped, or taken up elsewhere')
  if (stopping?.aborted) throw new Stopped('The desk stops')
}

async function readAll(work: Work) {
  const { desk, id, table, mapping, follow } = work
  const inRun = <T>(step: (ctx: Ctx) => Promise<T>) => as(desk, system, step)
  await inRun((ctx) => beat(ctx, work, { step: 'read', done: 0, total: table.size }))
  let done = 0
  await stageRows(desk, { runId: id, table, mapping }, async (ctx, { bytes }) => {
    done += bytes
    await beat(ctx, work, { done: Math.min(done, table.size) })
    await follow({ step: 'read', done, total: table.size })
  })
  await inRun(async (ctx) => {
    await ensureFields(ctx, mapping, id)
    const { rows } = await ctx.db
      .selectFrom('importRow')
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where('runId', '=', id)
      .executeTakeFirstOrThrow()
    await beat(ctx, work, { step: 'write', done: 0, total: rows, lastKey: '' })
  })
}

/** What only came at the wrong moment: a number that was free a moment ago, or a lock that somebody holds. */
const passing = (error: unknown) =>
  error instanceof Error &&
  (('constraint' in error && error.constraint === 'item_number_key') || ('code' in error && error.code === '55P03'))

const mostTries = 10

async function writeAll(work: Work) {
  const { desk, id, mapping, table, follow } = work
  const known: Known = new Map()
  const priorityOf = await matrixOf(desk)
  const read = drafter(mapping, table.head)
  const writing = { runId: id, mapping, read, derived: desk.derived, priorityOf, known }
  let { lastKey, done, total } = await runOf(desk, id)
  for (let again = 0; ;) {
    const written = await as(desk, system, async (ctx) => {
      const groups = await nextGroups(ctx, id, lastKey)
      const last = groups.at(-1)
      if (!last) return null
      const { found, added } = await writeGroups(ctx, writing, groups)
      const rows = groups.reduce((sum, group) => sum + group.rows.length, 0)
      await addUp(ctx, id, { ...added })
      await beat(ctx, work, { done: done + rows, lastKey: last.key })
      return { found, rows, lastKey: last.key }
    }).catch((error: unknown) => {
      if (!passing(error) || (again += 1) > mostTries) throw error
      return undefined
    })
    if (written === null) break
    if (written === undefined) continue
    again = 0
    for (const [key, value] of written.found) known.set(key, value)
    if (known.size > mostKnown) known.clear()
    done += written.rows
    lastKey = written.lastKey
    await follow({ step: 'write', done, total })
  }
  await as(desk, system, (ctx) => beat(ctx, work, { step: 'check', done: 0, total, lastKey: '' }))
}

const mostKnown = 200_000

/** Counts added to what earlier attempts added, in one expression of the database. */
async function addUp({ db }: Ctx, id: string, added: Readonly<Record<string, number>>) {
  await sql`
    update import_run set added = (
      select jsonb_object_agg(key, coalesce((added ->> key)::integer, 0) + value::integer)
      from jsonb_each_text(${JSON.stringify(added)}::jsonb) its (key, value)) || (
      select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(added)
      where not ${JSON.stringify(added)}::jsonb ? key)
    where id = ${id}`.execute(db)
}

async function matrixOf(desk: Desk) {
  const cells = await as(desk, system, ({ db }) =>
    db.selectFrom('priorityRule').select(['impact', 'urgency', 'priority']).execute(),
  )
  const byCell = new Map(cells.map(({ impact, urgency, priority }) => [`${impact} ${urgency}`, priority]))
  return (impact: number, urgency: number) => byCell.get(`${impact} ${urgency}`) ?? 5
}

async function checkAll(work: Work) {
  const { desk, id, mapping, table, follow } = work
  const checking = checker({ mapping, read: drafter(mapping, table.head), known: new Map() })
  const { total } = await runOf(desk, id)
  let [lastKey, done] = ['', 0]
  for (;;) {
    const groups = await as(desk, system, async (ctx) => {
      const next = await nextGroups(ctx, id, lastKey)
      if (next.length > 0) await checking.check(ctx, next)
      done += next.reduce((sum, group) => sum + group.rows.length, 0)
      await beat(ctx, work, { done })
      return next
    })
    if (groups.length === 0) break
    lastKey = groups.at(-1)!.key
    await follow({ step: 'check', done, total })
  }
  const priorityOf = await matrixOf(desk)
  const certificate = await certificateOf(desk, { id, table, mapping, priorityOf, found: checking.end() })
  await as(desk, system, (ctx) => finish(ctx, work, certificate))
  await follow({ step: null, done: total, total })
  return certificate
}

async function finish(ctx: Ctx, work: Work, certificate: Certificate) {
  const { id, mapping } = work
  await beat(ctx, work, {})
  const { adoptMatrix } = await ctx.db
    .updateTable('importRun')
    .set({ state: 'done', step: null, certificate, endedAt: ctx.now })
    .where('id', '=', id)
    .returning('adoptMatrix')
    .executeTakeFirstOrThrow()
  await unstage(ctx, id)
  if (adoptMatrix && mapping.matrix.length > 0) await adopt(ctx, mapping)
}

async function adopt(ctx: Ctx, { matrix }: Mapping) {
  const now = await ctx.db.selectFrom('priorityRule').select(['impact', 'urgency', 'priority']).execute()
  const learned = new Map(matrix.map((cell) => [`${cell.impact} ${cell.urgency}`, cell.priority]))
  const cells = now.map((cell) => ({
    ...cell,
    priority: learned.get(`${cell.impact} ${cell.urgency}`) ?? cell.priority,
  }))
  await setPriorityMatrix(ctx, { cells })
}

/** Notes why an import ended early; what it wrote stays, and it can be taken up again. */
export async function fail(desk: Desk, id: string, error: unknown) {
  const told = error instanceof Refusal
  const why = told ? error.message : 'Something broke on our side; it can be taken up again'
  await as(desk, system, ({ db, now }) =>
    db
      .updateTable('importRun')
      .set({ state: 'failed', error: why, endedAt: now })
      .where('id', '=', id)
      .where('state', 'in', ['reading', 'working', 'waiting'])
      .execute(),
  )
}
