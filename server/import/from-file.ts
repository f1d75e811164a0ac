import { as, system, type Desk } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import type { Certificate } from '#shared/import/certificate.ts'
import type { Recognised } from '#shared/import.ts'
import type { Mapping } from '#shared/import/mapping.ts'
import { look, noteLook, wrongIn } from './ready.ts'
import { carryOut, fail, Stopped, type Follow } from './run.ts'
import { addRun, shareOf } from './runs.ts'
import type { Source } from './source.ts'

export interface FileImport {
  readonly source: Source
  /** Where the records come from, as long as no mapping says so. */
  readonly system: string
  /** What is to be otherwise than the file speaks for. */
  readonly adapt: (learned: Mapping, recognised: Recognised) => Mapping
  readonly adoptMatrix: boolean
  /** How much is done, of one. */
  readonly follow: (share: number) => void
}

/**
 * Brings a file in from beginning to end, without questions. The same file read the same way goes on where an earlier
 * attempt was cut off, and changes nothing where one came to its end.
 */
export async function importFile(
  desk: Desk,
  { source, system: from, adapt, adoptMatrix, follow }: FileImport,
): Promise<Certificate> {
  const { table, sample, recognised, mapping: learned } = await look(source, from)
  const mapping = adapt(learned, recognised)
  const id = await as(desk, system, async (ctx) => {
    const [wrong] = await wrongIn(ctx, mapping, table.head)
    if (wrong) throw invalid({ mapping: wrong })
    const begun = await ctx.db
      .selectFrom('importRun')
      .select(['id', 'mapping'])
      .where('file', '=', table.sha256)
      .where('personId', 'is', null)
      .where('state', 'in', ['working', 'failed', 'ready'])
      .orderBy('createdAt', 'desc')
      .execute()
    const same = begun.find((one) => sameMapping(one.mapping, mapping))
    const about = {
      fileName: source.name,
      file: table.sha256,
      size: table.size,
      personId: null,
      state: 'ready',
    } as const
    const run = same?.id ?? (await addRun(ctx, about))
    await noteLook(ctx, run, { recognised, mapping, sample })
    await ctx.db.updateTable('importRun').set({ adoptMatrix }).where('id', '=', run).execute()
    return run
  })
  const tell: Follow = (progress) => follow(shareOf({ state: progress.step ? 'working' : 'done', ...progress }))
  try {
    return await carryOut(desk, id, source, { follow: tell })
  } catch (error) {
    if (!(error instanceof Stopped)) await fail(desk, id, error)
    throw error
  }
}

/** Stored JSON has its names in an order of its own. */
const sameMapping = (one: object | null, other: Mapping) => ordered(one) === ordered(other)

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, its]) => `${JSON.stringify(name)}:${ordered(its)}`).join()}}`
}
