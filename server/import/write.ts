import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { Derive } from '#server/core/reactions.ts'
import { newId } from '#server/core/id.ts'
import { locks } from '#server/core/locks.ts'
import { holdMany, writeMorePast, writePast, type Held, type More, type Whole } from '#server/item/item.ts'
import type { Mapping } from '#shared/import/mapping.ts'
import type { drafter } from './draft.ts'
import { ensureSourceNumber } from './fields.ts'
import { bufferOf, gather, marksIn, unknownOf, type Gathered, type Marked } from './gather.ts'
import { findNames, type Added, type Known } from './names.ts'
import { numbersFor } from './numbers.ts'
import { reject, type Group, type Rejection } from './stage.ts'
import { beginning, momentsOf, stepOf, type Desk, type Incident, type Step } from './steps.ts'

export interface Writing {
  readonly runId: string
  readonly mapping: Mapping
  readonly read: ReturnType<typeof drafter>
  readonly derived: readonly Derive[]
  readonly priorityOf: Desk['priorityOf']
  readonly known: Known
}

export interface Written {
  readonly found: Known
  readonly added: Added & { readonly incidents: number; readonly events: number }
}

/** Writes the records that some rows tell, in the caller's transaction: what is new of them, with all that it names. */
export async function writeGroups(ctx: Ctx, writing: Writing, groups: readonly Group[]): Promise<Written> {
  const { mapping, runId, read } = writing
  await sql`select pg_advisory_xact_lock(${locks.import}, hashtext(${mapping.system}))`.execute(ctx.db)
  const known = await knownRecords(ctx, mapping.system, groups)
  const rejected: Rejection[] = []
  const gathered = groups.map((group) => {
    const one = gather(group, mapping, read)
    const { fresh, rejected: late } = unknownOf(one.gathered, known.marks(group.key), mapping.rows === 'updates')
    rejected.push(...one.rejected, ...late)
    return { ...one.gathered, fresh }
  })
  await reject(ctx, runId, rejected)
  const all = gathered.filter(({ fresh }) => fresh.length > 0)
  const drafts = all.flatMap(({ fresh }) => fresh.map(({ draft }) => draft))
  const { ids, found, added } = await findNames(ctx, mapping, drafts, writing.known)
  const desk: Desk = { ids, priorityOf: writing.priorityOf }
  const more = all.filter(({ key }) => known.held(key))
  const wholes = await wholesOf(
    ctx,
    all.filter(({ key }) => !known.held(key)),
    { mapping, desk },
  )
  const others = more.map((one) => moreOf(ctx, one, { held: known.held(one.key)!, mapping, desk }))
  await writePast(
    ctx,
    'incident',
    wholes.map(({ whole }) => whole),
  )
  await writeMorePast(ctx, 'incident', others)
  const ids2 = [...wholes.map(({ whole }) => whole.id), ...others.map(({ held }) => held.id)]
  await remember(ctx, mapping.system, [
    ...wholes.map(({ whole, of }) => ({ id: whole.id, of })),
    ...others.map(({ held }, at) => ({ id: held.id, of: more[at]! })),
  ])
  for (const derive of ids2.length > 0 ? writing.derived : []) await derive(ctx, 'incident', ids2)
  const events = drafts.length
  return { found, added: { ...added, incidents: wholes.length, events } }
}

/** The records that are here already, held, with the marks of the rows that are in their history. */
async function knownRecords(ctx: Ctx, system: string, groups: readonly Group[]) {
  const keys = groups.map(({ key }) => key)
  const rows = await ctx.db
    .selectFrom('importSource')
    .select(['key', 'itemId', 'rows'])
    .where('system', '=', system)
    .where('what', '=', 'incident')
    .where((eb) => eb('key', '=', eb.fn.any(sql<string[]>`${keys}::text[]`)))
    .execute()
  const held = await holdMany(
    ctx,
    'incident',
    rows.flatMap(({ itemId }) => (itemId ? [itemId] : [])),
  )
  const byKey = new Map(
    rows.map(({ key, itemId, rows: marks }) => [key, { held: held.get(itemId ?? ''), marks: marksIn(marks) }]),
  )
  return {
    held: (key: string): Held<'incident'> | undefined => byKey.get(key)?.held,
    marks: (key: string) => byKey.get(key)?.marks ?? [],
  }
}

interface How {
  readonly mapping: Mapping
  readonly desk: Desk
}

type Fresh = Gathered & { readonly fresh: readonly Marked[] }

async function wholesOf(ctx: Ctx, all: readonly Fresh[], { mapping, desk }: How) {
  const numbers = await numbersFor(
    ctx,
    all.map(({ key }) => key),
  )
  if ([...numbers].some(([key, number]) => key !== number)) await ensureSourceNumber(ctx)
  return all.map((of) => {
    const number = numbers.get(of.key)!
    const updates = mapping.rows === 'updates'
    const [first, ...rest] = updates
      ? of.fresh.map(({ draft }) => draft)
      : of.fresh.flatMap(({ draft }) => momentsOf(draft))
    const at = first!.openedAt ?? first!.updatedAt ?? ctx.now
    const began = beginning(first!, desk, at)
    const named =
      number === of.key
        ? began
        : { ...began, set: { ...began.set, custom: { ...began.set.custom, source_number: of.key } } }
    const then = stepsFrom(named.set, updates ? [first!, ...rest] : rest, desk, at)
    const whole: Whole<'incident'> = { id: newId(Date.parse(at)), number, began: named, then }
    return { whole, of }
  })
}

function stepsFrom(begun: Incident, drafts: readonly Marked['draft'][], desk: Desk, at: string) {
  const steps: Step[] = []
  let fields = begun
  for (const draft of drafts) {
    const step = stepOf(fields, draft, desk, draft.updatedAt ?? at)
    fields = { ...fields, ...step.set }
    steps.push(step)
  }
  return steps
}

/** A record as it now is says when it was changed last, if it says so; else it is known since now. */
function moreOf(
  ctx: Ctx,
  { fresh }: Fresh,
  { held, mapping, desk }: How & { held: Held<'incident'> },
): More<'incident'> {
  if (mapping.rows === 'updates')
    return {
      held,
      then: stepsFrom(
        held.fields,
        fresh.map(({ draft }) => draft),
        desk,
        ctx.now,
      ),
    }
  const draft = fresh[0]!.draft
  const at = draft.updatedAt ?? draft.closedAt ?? draft.resolvedAt ?? ctx.now
  const step = stepOf(held.fields, draft, desk, at)
  const fields: Readonly<Record<string, unknown>> = held.fields
  const differs = Object.entries(step.set).some(([name, is]) => JSON.stringify(is) !== JSON.stringify(fields[name]))
  return { held, then: differs ? [step] : [] }
}

async function remember({ db }: Ctx, system: string, all: readonly { readonly id: string; readonly of: Fresh }[]) {
  if (all.length === 0) return
  const [keys, ids] = [all.map(({ of }) => of.key), all.map(({ id }) => id)]
  const rows = all.map(({ of }) => `\\x${bufferOf(of.fresh.map(({ mark }) => mark)).toString('hex')}`)
  await sql`
    insert into import_source (system, what, key, item_id, rows)
    select ${system}, 'incident', key, id, rows::bytea
    from unnest(${keys}::text[], ${ids}::uuid[], ${rows}::text[]) its (key, id, rows)
    on conflict (system, what, key) do update set rows = import_source.rows || excluded.rows`.execute(db)
}
