import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { notFound } from '#server/core/refusal.ts'
import { personRef } from '#server/people/people.ts'
import { Certificate } from '#shared/import/certificate.ts'
import { Mapping } from '#shared/import/mapping.ts'
import { Recognised, type ImportRun } from '#shared/import.ts'
import type { Row } from './delimited.ts'

export type Run = Awaited<ReturnType<typeof runOf>>

/** An import as it lies in the database, for those who carry it out. */
export function runOf(desk: Desk, id: string) {
  return as(desk, system, async ({ db }) => {
    const row = await db.selectFrom('importRun').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw notFound('import')
    return row
  })
}

export interface NewRun {
  readonly fileName: string
  readonly file: string
  readonly size: number
  readonly personId: string | null
  readonly state: 'reading' | 'ready'
}

export async function addRun({ db, now }: Ctx, about: NewRun) {
  const id = newId()
  await db
    .insertInto('importRun')
    .values({ id, ...about, createdAt: now })
    .execute()
  return id
}

/** How much of the time each step takes, measured on the sample log and on files of 150,000 rows. */
const weights = { read: 0.15, write: 0.65, check: 0.2 } as const
const begins = { read: 0, write: 0.15, check: 0.8 } as const

export function shareOf({ state, step, done, total }: Pick<Run, 'state' | 'step' | 'done' | 'total'>) {
  if (state === 'done') return 1
  if (step === null) return 0
  return begins[step] + (total > 0 ? Math.min(1, done / total) : 0) * weights[step]
}

type Clocked = Pick<Run, 'state' | 'step' | 'done' | 'total' | 'stepAt' | 'beatAt' | 'startedAt' | 'attempt'>

/** How long it will still take, as fast as it went so far: in this step, or in all where this step has just begun. */
function secondsLeft(run: Clocked) {
  const { state, step, done, total, stepAt, beatAt, startedAt, attempt } = run
  if (state !== 'working' || step === null) return null
  const [share, begun] = [shareOf(run), done === 0 && attempt === 1]
  const passed = secondsBetween(begun ? startedAt : stepAt, beatAt)
  const gone = begun ? share : (done / Math.max(1, total)) * weights[step]
  return passed > 0 && gone > 0 ? Math.max(0, ((1 - share) * passed) / gone) : null
}

const secondsBetween = (from: string | null, to: string | null) =>
  from === null || to === null ? 0 : (Date.parse(to) - Date.parse(from)) / 1000

function rows({ db }: Ctx) {
  return db
    .selectFrom('importRun')
    .select([
      'importRun.id',
      'fileName',
      'size',
      'state',
      'step',
      'done',
      'total',
      'error',
      'beatAt',
      'stepAt',
      'startedAt',
      'attempt',
    ])
    .select(['createdAt', 'endedAt', 'mapping', 'certificate', 'recognised', 'sample', 'file'])
    .select(personRef('importRun.personId').as('by'))
    .select((eb) =>
      eb
        .selectFrom('importRejected')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('importRejected.runId', '=', 'importRun.id')
        .as('rejectedCount'),
    )
}

type Shown = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>

function shown(row: Shown): ImportRun {
  const { id, fileName, size, by, state, step, error, createdAt, endedAt } = row
  const certificate = row.certificate && Certificate.parse(row.certificate)
  return {
    id,
    fileName,
    size,
    by,
    state,
    step,
    error,
    createdAt,
    endedAt,
    system: row.mapping ? Mapping.parse(row.mapping).system : null,
    share: shareOf(row),
    secondsLeft: secondsLeft(row),
    records: certificate?.incidents ?? null,
    rejectedCount: row.rejectedCount ?? 0,
  }
}

const year = 365 * 86_400_000

export async function runs(ctx: Ctx) {
  const since = new Date(Date.parse(ctx.now) - year).toISOString()
  const found = await rows(ctx)
    .where('importRun.createdAt', '>=', since)
    .orderBy('importRun.createdAt', 'desc')
    .execute()
  return found.map(shown)
}

/** An import with all that is known of its file, and the first of its rows as they stand there. */
export async function wholeRun(ctx: Ctx, id: string) {
  const row = await rows(ctx).where('importRun.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('import')
  return {
    run: shown(row),
    recognised: row.recognised && Recognised.parse(row.recognised),
    mapping: row.mapping && Mapping.parse(row.mapping),
    certificate: row.certificate && Certificate.parse(row.certificate),
    sample: sampleOf(row.sample),
  }
}

export interface Sample {
  readonly head: readonly string[]
  readonly rows: readonly Row[]
}

function sampleOf(stored: object | null): Sample {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is written by this module alone
  return (stored as Sample | null) ?? { head: [], rows: [] }
}
