import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { changesSetUp } from '#server/core/set-up.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import { customFields } from '#server/item/item.ts'
import { kindNamed } from '#shared/kinds.ts'
import type * as api from '#shared/sla.ts'
import { type Definition } from '#shared/sla.ts'
import { Terms } from '#shared/sla/terms.ts'
import { dictionaryOf, rulesOf } from './rules.ts'
import { trapsOf } from './traps.ts'

export async function listDefinitions(ctx: Ctx): Promise<Definition[]> {
  const rows = await definitionRows(ctx)
  return rows.map(({ retiredAt, versions, ...row }) => ({
    ...row,
    retired: retiredAt !== null,
    versions: versions.map(({ version, from, terms }) => ({
      ...Terms.parse(terms),
      version,
      startsAt: new Date(from).toISOString(),
    })),
  }))
}

function definitionRows({ db }: Ctx) {
  return db
    .selectFrom('slaDefinition')
    .select(['id', 'name', 'kind', 'type', 'target', 'retiredAt'])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('slaVersion')
          .select(['version', 'startsAt as from', 'terms'])
          .whereRef('slaVersion.definitionId', '=', 'slaDefinition.id')
          .orderBy('version', 'desc'),
      ).as('versions'),
      sql<number>`(select count(*)::integer from clock where clock.definition_id = sla_definition.id
        and stopped_at is null and cancelled_at is null)`.as('open'),
    ])
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

async function definition(ctx: Ctx, id: string): Promise<Definition> {
  const found = (await listDefinitions(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('definition')
  return found
}

/** Terms as they will run; what cannot be read is refused under its name. */
export async function readTerms(ctx: Ctx, kind: string, terms: Terms, at = { version: 1, startsAt: 0 }) {
  if (!kindNamed(kind)) throw invalid({ kind: `There is no kind '${kind}'` })
  await requireCalendar(ctx, terms)
  const fields = dictionaryOf(kind, await customFields(ctx, kind))
  return { rules: rulesOf(terms, fields, at), fields }
}

async function requireCalendar({ db }: Ctx, { calendarId, zoneFrom, zone }: Terms) {
  if (zoneFrom === 'definition' && zone === null) throw invalid({ 'terms.zone': 'Name the zone' })
  if (calendarId === null) return
  const there = await db.selectFrom('calendar').select('id').where('id', '=', calendarId).executeTakeFirst()
  if (!there) throw invalid({ 'terms.calendarId': 'There is no such calendar' })
}

export async function checkTerms(ctx: Ctx, { kind, terms }: Args<typeof api.checkTerms>) {
  const { rules, fields } = await readTerms(ctx, kind, terms)
  return trapsOf(kind, rules, fields)
}

export async function addDefinition(ctx: Ctx, { terms, startsAt, ...about }: Args<typeof api.addDefinition>) {
  const traps = await checkTerms(ctx, { kind: about.kind, terms })
  const id = newId()
  await ctx.db
    .insertInto('slaDefinition')
    .values({ id, ...about, createdAt: ctx.now })
    .execute()
  await addVersion(ctx, { definitionId: id, version: 1, startsAt: startsAt ?? ctx.now, terms })
  return { definition: await definition(ctx, id), traps }
}

/** Changes a definition. Other terms are another version, under which clocks begin from its start on. */
export async function changeDefinition(
  ctx: Ctx,
  { id, terms, startsAt, ...wanted }: Args<typeof api.changeDefinition>,
) {
  const before = await definition(ctx, id)
  const traps = terms ? await checkTerms(ctx, { kind: before.kind, terms }) : []
  await renameOrRetire(ctx, before, wanted)
  if (terms && differs(before, terms)) {
    const version = (before.versions[0]?.version ?? 0) + 1
    await addVersion(ctx, { definitionId: id, version, startsAt: startsAt ?? ctx.now, terms })
  } else await nextRevision(ctx)
  return { definition: await definition(ctx, id), traps }
}

async function renameOrRetire(
  ctx: Ctx,
  before: Definition,
  wanted: { name?: string | undefined; retired?: boolean | undefined },
) {
  const { name = before.name, retired = before.retired } = wanted
  await ctx.db
    .updateTable('slaDefinition')
    .set({ name, ...(retired !== before.retired && { retiredAt: retired ? ctx.now : null }) })
    .where('id', '=', before.id)
    .execute()
}

function differs({ versions: [newest] }: Definition, terms: Terms) {
  return JSON.stringify(newest && Terms.parse(newest)) !== JSON.stringify(Terms.parse(terms))
}

interface Version {
  readonly definitionId: string
  readonly version: number
  readonly startsAt: string
  readonly terms: Terms
}

async function addVersion(ctx: Ctx, { terms, ...version }: Version) {
  await ctx.db
    .insertInto('slaVersion')
    .values({ id: newId(), ...version, terms: sql<object>`${JSON.stringify(terms)}::jsonb` })
    .execute()
  await nextRevision(ctx)
}

/** Lets the definitions be read anew. */
async function nextRevision(ctx: Ctx) {
  await ctx.db
    .updateTable('timekeeping')
    .set({ definitions: sql<number>`nextval('timekeeping_revision')` })
    .execute()
  changesSetUp(ctx)
}
