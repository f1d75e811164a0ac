import { Readable } from 'node:stream'
import { z } from 'zod'
import { as, system, type Actor, type Args, type Ctx, type Desk, type KeepFiles } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { conflict, invalid, notFound, Refusal } from '#server/core/refusal.ts'
import { actorOf, actorRows } from '#server/people/people.ts'
import { permissionNames } from '#shared/access.ts'
import type * as api from '#shared/item/exports.ts'
import { kindNamed } from '#shared/kinds.ts'
import { headOf, rowOf, type Cell } from './cells.ts'
import { asCsv } from './csv.ts'
import { askedOf, countRecords, readFilter, recordPages } from './list.ts'
import { ordersOf } from './order.ts'
import { asXlsx, mostXlsxRows } from './xlsx.ts'

const mostAtOnce = 3

export async function startExport(ctx: Ctx, input: Args<typeof api.startExport>) {
  const { actor } = ctx
  if (actor.id === null) throw new Error('An export needs somebody whose it is')
  const asked = await askedOf(ctx, input.kind)
  const { fields } = asked
  readFilter(input.filter, fields)
  ordersOf(input.sort, asked)
  const unknown = input.fields.find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined) throw invalid({ fields: `There is no field '${unknown}'` })
  const going = await exports(ctx).where('state', 'in', ['waiting', 'working']).execute()
  if (going.length >= mostAtOnce)
    throw new Refusal('too_many', `Wait for one of your ${mostAtOnce} exports to end`, { retryAfter: 10 })

  const id = newId()
  await ctx.db
    .insertInto('export')
    .values({ ...input, id, personId: actor.id, state: 'waiting', createdAt: ctx.now })
    .execute()
  // What a token may not see, an export asked for with it must not hold: the rights of this moment go along.
  await enqueue(ctx, makeExport, { id, permissions: [...actor.permissions] })
  return exportOf(ctx, id)
}

export function getExport(ctx: Ctx, { id }: Args<typeof api.getExport>) {
  return exportOf(ctx, id)
}

/** The file of an export, for the person whose it is; row security leaves the others out. */
export async function openExport(desk: Desk, actor: Actor, id: string) {
  const { state, file, kind, format, createdAt } = await as(desk, actor, (ctx) => exportOf(ctx, id), {
    access: 'read only',
  })
  if (state !== 'ready' || file === null) throw conflict('This export is not ready')
  const name = `${kindNamed(kind)?.plural ?? kind} ${createdAt.slice(0, 10)}.${format}`
  return { name, format, open: () => desk.ports.files.read(file) }
}

/** Writes the file, page by page, as the person who asked: the same rights, the same row security. */
export const makeExport = job({
  name: 'export.make',
  input: z.object({ id: z.uuid(), permissions: z.array(z.enum(permissionNames)) }),
  async run(desk, { id, permissions }) {
    const order = await as(desk, system, (ctx) => exports(ctx).where('export.id', '=', id).executeTakeFirst())
    if (!order || order.state === 'ready') return
    try {
      const asker = await as(desk, system, ({ db }) =>
        actorRows(db).where('person.id', '=', order.personId).executeTakeFirst(),
      )
      if (!asker) throw conflict('Whoever asked for this may no longer sign in')
      const { file, done } = await write(desk, actorOf(asker, 'web', permissions), order)
      await note(desk, id, { state: 'ready', file, done, total: done, error: null })
    } catch (error) {
      const told = error instanceof Refusal
      await note(desk, id, {
        state: 'failed',
        error: told ? error.message : 'Something broke on our side; it is tried again',
      })
      if (!told) throw error
    }
  },
})

type Order = Awaited<ReturnType<typeof exportOf>>

const largest = 4 * 1024 ** 3 - 1
const second = 1000

async function write(desk: Desk, actor: Actor, { id, kind, filter, sort, fields: names, format, createdAt }: Order) {
  const inPage = <T>(work: (ctx: Ctx) => Promise<T>) => as(desk, actor, work, { access: 'read only', at: createdAt })
  const { fields } = await inPage((ctx) => askedOf(ctx, kind))
  const { value: total } = await inPage((ctx) => countRecords(ctx, { kind, filter }))
  if (format === 'xlsx' && total > mostXlsxRows) throw tooMany()
  await note(desk, id, { state: 'working', total, done: 0, error: null })
  const progress = { done: 0, noted: performance.now() }
  const rows = table()
  const content = format === 'csv' ? asCsv(rows) : asXlsx(kindNamed(kind)?.plural ?? kind, rows)
  const { sha256 } = await desk.ports.files.put(Readable.from(content), largest)
  return { file: sha256, done: progress.done }

  async function* table(): AsyncGenerator<readonly Cell[]> {
    yield headOf(fields, names)
    const toRow = rowOf(fields, names)
    for await (const page of recordPages(inPage, { kind, filter, sort, fields: names.join(',') })) {
      for (const record of page) yield toRow(record)
      progress.done += page.length
      if (format === 'xlsx' && progress.done > mostXlsxRows) throw tooMany()
      if (performance.now() - progress.noted < second) continue
      await note(desk, id, { done: progress.done, total: Math.max(total, progress.done) })
      progress.noted = performance.now()
    }
  }
}

const tooMany = () =>
  new Refusal(
    'too_large',
    `Excel files are made of ${mostXlsxRows.toLocaleString('en')} records at most; narrow the list, or take CSV`,
  )

interface Progress {
  readonly state?: 'working' | 'ready' | 'failed'
  readonly file?: string
  readonly done?: number
  readonly total?: number
  readonly error?: string | null
}

const note = (desk: Desk, id: string, progress: Progress) =>
  as(desk, system, ({ db }) => db.updateTable('export').set(progress).where('id', '=', id).execute())

const week = 7 * 86_400_000

/** Forgets exports a week after they were asked for; their files go with the next sweep. */
export const forgetExports = job({
  name: 'export.forget',
  input: z.object({}),
  cron: '47 2 * * *',
  async run(desk) {
    await as(desk, system, ({ db, now }) =>
      db
        .deleteFrom('export')
        .where('createdAt', '<', new Date(Date.parse(now) - week).toISOString())
        .execute(),
    )
  },
})

/** The file of an export that is not yet forgotten stays. */
export const keepExported: KeepFiles = async ({ db }, sha256s) => {
  const rows = await db.selectFrom('export').select('file').where('file', 'in', sha256s).execute()
  return rows.flatMap(({ file }) => file ?? [])
}

async function exportOf(ctx: Ctx, id: string) {
  const found = await exports(ctx).where('export.id', '=', id).executeTakeFirst()
  if (!found) throw notFound('export')
  return found
}

const exports = ({ db }: Ctx) =>
  db
    .selectFrom('export')
    .select(['export.id', 'personId', 'kind', 'filter', 'sort', 'fields', 'format', 'state', 'done', 'total'])
    .select(['file', 'error', 'createdAt'])
