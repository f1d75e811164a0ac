import { z } from 'zod'
import { as, system, type Desk, type Job, type KeepFiles } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { Refusal } from '#server/core/refusal.ts'
import { look, noteLook } from './ready.ts'
import { carryOut, fail, Stopped } from './run.ts'
import { runOf, type Run } from './runs.ts'
import type { Source } from './source.ts'

const input = z.object({ id: z.uuid() })

const uploaded = (desk: Desk, { file, fileName }: Run): Source => ({
  name: fileName,
  open: () => desk.ports.files.read(file),
})

/** Looks through an uploaded file, so that people can say how it is to be read. */
export const lookThrough = job({
  name: 'import.look-through',
  input,
  async run(desk, { id }) {
    const run = await findRun(desk, id)
    if (run?.state !== 'reading') return
    try {
      const seen = await look(uploaded(desk, run), systemFor(run.fileName))
      await as(desk, system, (ctx) => noteLook(ctx, id, seen))
    } catch (error) {
      await fail(desk, id, error)
      if (!(error instanceof Refusal)) throw error
    }
  },
})

/** What a file is likely to come from: its name without what changes from one export to the next. */
const systemFor = (fileName: string) =>
  /^[a-z][a-z-]{1,30}/.exec(fileName.toLowerCase().replaceAll(/[^a-z]+/g, '-'))?.[0].replace(/-(csv|xlsx|gz).*$/, '') ??
  'file'

/** Carries an import out, from wherever it stands. */
export const goOn: Job<typeof input> = job({
  name: 'import.go-on',
  input,
  async run(desk, { id }, stopping) {
    const run = await findRun(desk, id)
    if (!run || !['waiting', 'working', 'failed'].includes(run.state)) return
    try {
      await carryOut(desk, id, uploaded(desk, run), { stopping })
    } catch (error) {
      // What the stop of the desk cut off is the first thing that the next one does.
      if (stopping?.aborted) {
        await as(desk, system, (ctx) => enqueue(ctx, goOn, { id }, { key: `import ${id}` }))
        return
      }
      if (error instanceof Stopped) return
      await fail(desk, id, error)
      if (!(error instanceof Refusal)) throw error
    }
  },
})

const findRun = (desk: Desk, id: string) =>
  runOf(desk, id).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })

const silent = 60_000

/** Takes up what was left when a desk ended in the middle of it. What the command line began, it goes on with itself. */
export const takeUpLeft = job({
  name: 'import.take-up-left',
  input: z.object({}),
  cron: '* * * * *',
  run: (desk) =>
    as(desk, system, async (ctx) => {
      const before = new Date(Date.parse(ctx.now) - silent).toISOString()
      const left = await ctx.db
        .selectFrom('importRun')
        .select(['id', 'state'])
        .where('personId', 'is not', null)
        .where((eb) =>
          eb.or([
            eb.and([eb('state', '=', 'working'), eb('beatAt', '<', before)]),
            eb.and([eb('state', '=', 'reading'), eb('createdAt', '<', before)]),
          ]),
        )
        .execute()
      for (const { id, state } of left)
        await enqueue(ctx, state === 'working' ? goOn : lookThrough, { id }, { key: `import ${id}` })
    }),
})

const monthBefore = (now: string) => new Date(Date.parse(now) - 30 * 86_400_000).toISOString()

/** Lets go of the rows of imports that were stopped and never went on. */
export const forgetRows = job({
  name: 'import.forget-rows',
  input: z.object({}),
  cron: '37 3 * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      await db
        .deleteFrom('importRow')
        .where('runId', 'in', (eb) => eb.selectFrom('importRun').select('id').where('createdAt', '<', monthBefore(now)))
        .execute()
    }),
})

/** The upload that an import is made from stays until the import is done, or was left for a month. */
export const keepUploaded: KeepFiles = async ({ db, now }, sha256s) => {
  const rows = await db
    .selectFrom('importRun')
    .select('file')
    .where('file', 'in', sha256s)
    .where('state', '<>', 'done')
    .where('createdAt', '>', monthBefore(now))
    .execute()
  return rows.flatMap(({ file }) => file ?? [])
}
