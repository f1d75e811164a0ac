import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { enqueue } from '#server/core/jobs.ts'
import { newId } from '#server/core/id.ts'
import { conflict, invalid, notFound } from '#server/core/refusal.ts'
import { Mapping } from '#shared/import/mapping.ts'
import type * as api from '#shared/import.ts'
import { goOn } from './jobs.ts'
import { fillWords } from './learn.ts'
import { detailOf, wrongIn } from './ready.ts'
import { runs, wholeRun } from './runs.ts'

// What is imported is beyond anybody’s eyes but the desk’s own: whoever holds the permission asks through it.

export const listImports = (ctx: Ctx) => bySystem(ctx, runs)

export const getImport = (ctx: Ctx, { id }: Args<typeof api.getImport>) => bySystem(ctx, (own) => detailOf(own, id))

export function mapImport(ctx: Ctx, { id, mapping }: Args<typeof api.mapImport>) {
  return bySystem(ctx, async (own) => {
    const { recognised } = await wholeRun(own, id)
    const { numUpdatedRows } = await own.db
      .updateTable('importRun')
      .set({ mapping: recognised ? fillWords(mapping, recognised) : mapping })
      .where('id', '=', id)
      .where('state', '=', 'ready')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) await refuse(own, id, 'Its mapping can be changed only before it starts')
    return detailOf(own, id)
  })
}

/** One import at a time: each is heavy, and the desk’s other work goes on beside it. */
export function startImport(ctx: Ctx, { id, adoptMatrix }: Args<typeof api.startImport>) {
  return bySystem(ctx, async (own) => {
    const { mapping, sample, run } = await wholeRun(own, id)
    if (!mapping || !['ready', 'cancelled', 'failed'].includes(run.state))
      throw conflict('This import cannot be started')
    if (run.by === null) throw conflict('This import was begun from the command line; go on with it there')
    const [wrong] = await wrongIn(own, mapping, sample.head)
    if (wrong) throw invalid({ mapping: wrong })
    const going = await own.db
      .selectFrom('importRun')
      .select('fileName')
      .where('state', 'in', ['waiting', 'working'])
      .executeTakeFirst()
    if (going) throw conflict(`${going.fileName} is being brought in; wait for it to end`)
    await own.db
      .updateTable('importRun')
      .set({ state: 'waiting', adoptMatrix, error: null, endedAt: null })
      .where('id', '=', id)
      .execute()
    await enqueue(own, goOn, { id }, { key: `import ${id}` })
    return detailOf(own, id)
  })
}

export function cancelImport(ctx: Ctx, { id }: Args<typeof api.cancelImport>) {
  return bySystem(ctx, async (own) => {
    const { numUpdatedRows } = await own.db
      .updateTable('importRun')
      .set({ state: 'cancelled', endedAt: ctx.now })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'working'])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) await refuse(own, id, 'This import is not at work')
    return detailOf(own, id)
  })
}

export function removeImport(ctx: Ctx, { id }: Args<typeof api.removeImport>) {
  return bySystem(ctx, async (own) => {
    const { numDeletedRows } = await own.db
      .deleteFrom('importRun')
      .where('id', '=', id)
      .where('step', 'is', null)
      .where('state', 'in', ['reading', 'ready', 'failed'])
      .executeTakeFirst()
    if (numDeletedRows === 0n) await refuse(own, id, 'What it brought in is here; it is kept as the record of that')
    return { done: true } as const
  })
}

async function refuse({ db }: Ctx, id: string, why: string): Promise<never> {
  const run = await db.selectFrom('importRun').select('id').where('id', '=', id).executeTakeFirst()
  throw run ? conflict(why) : notFound('import')
}

const mappings = ({ db }: Ctx) => db.selectFrom('importMapping').select(['id', 'name', 'mapping'])

export function listMappings(ctx: Ctx) {
  return bySystem(ctx, async (own) => {
    const rows = await mappings(own).orderBy('name').execute()
    return rows.map((row) => ({ ...row, mapping: Mapping.parse(row.mapping) }))
  })
}

export function saveMapping(ctx: Ctx, { name, mapping }: Args<typeof api.saveImportMapping>) {
  return bySystem(ctx, async (own) => {
    await own.db
      .deleteFrom('importMapping')
      .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
      .execute()
    const id = newId()
    await own.db.insertInto('importMapping').values({ id, name, mapping, createdAt: ctx.now }).execute()
    return { id, name, mapping }
  })
}

export function removeMapping(ctx: Ctx, { id }: Args<typeof api.removeImportMapping>) {
  return bySystem(ctx, async (own) => {
    const { numDeletedRows } = await own.db.deleteFrom('importMapping').where('id', '=', id).executeTakeFirst()
    if (numDeletedRows === 0n) throw notFound('mapping')
    return { done: true } as const
  })
}
