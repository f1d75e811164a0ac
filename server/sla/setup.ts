import { bookOf } from '#server/calendar/calendar.ts'
import { bySystem, type Ctx } from '#server/core/desk.ts'
import { Refusal } from '#server/core/refusal.ts'
import { remembered } from '#server/core/set-up.ts'
import { customFields } from '#server/item/item.ts'
import type { Fields } from '#shared/filter/fields.ts'
import { Terms } from '#shared/sla/terms.ts'
import type { Definition } from './clock.ts'
import { dictionaryOf, rulesOf, type Rules } from './rules.ts'

/** All by which clocks of a kind are counted. */
export interface Setup {
  readonly kind: string
  /** The calendars' revision of today. */
  readonly revision: number
  readonly fields: Fields
  readonly definitions: readonly Definition[]
  /** The names of the record's fields on which some clock depends. */
  readonly heeded: ReadonlySet<string>
}

/** The definitions and calendars as they are. */
export const setupOf: (ctx: Ctx, kind: string) => Promise<Setup> = remembered((ctx, kind) =>
  bySystem(ctx, async (own) => {
    const { calendars } = await own.db.selectFrom('timekeeping').select('calendars').executeTakeFirstOrThrow()
    return readSetup(own, kind, calendars)
  }),
)

async function readSetup(ctx: Ctx, kind: string, revision: number): Promise<Setup> {
  const fields = dictionaryOf(kind, await customFields(ctx, kind))
  const definitions = await definitionsOf(ctx, kind, fields)
  if (definitions.length > 0) await bookOf(ctx, revision)
  return { kind, revision, fields, definitions, heeded: heededBy(definitions) }
}

/** A version that can no longer be read, since a field was renamed away, gives no clocks; those it gave stay. */
async function definitionsOf({ db }: Ctx, kind: string, fields: Fields): Promise<Definition[]> {
  const rows = await db
    .selectFrom('slaDefinition')
    .innerJoin('slaVersion', 'slaVersion.definitionId', 'slaDefinition.id')
    .select(['slaDefinition.id', 'name', 'type', 'target', 'retiredAt', 'version', 'startsAt', 'terms'])
    .where('kind', '=', kind)
    .orderBy('slaDefinition.createdAt')
    .orderBy('slaDefinition.id')
    .orderBy('version')
    .execute()
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((versions) => {
    const { id, name, type, target, retiredAt } = versions[0]!
    const rules = versions.flatMap(({ terms, version, startsAt }) => read(terms, fields, { version, startsAt }))
    if (rules.length === 0) return []
    const retired = retiredAt === null ? null : Date.parse(retiredAt)
    return [{ id, name, kind: type, target, retiredAt: retired, versions: rules }]
  })
}

function read(terms: object, fields: Fields, { version, startsAt }: { version: number; startsAt: string }): Rules[] {
  try {
    return [rulesOf(Terms.parse(terms), fields, { version, startsAt: Date.parse(startsAt) })]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

function heededBy(definitions: readonly Definition[]): Set<string> {
  const rules = definitions.flatMap(({ versions }) => versions)
  const asked = rules.flatMap(({ conditions }) => Object.values(conditions).flatMap((one) => [...(one?.fields ?? [])]))
  const also = rules.flatMap(({ terms }) => [
    terms.calendarFrom,
    terms.zoneFrom,
    ...(terms.within.by === 'field' ? [terms.within.field] : []),
  ])
  const names = new Set<string>([...asked, ...also])
  if (names.has('phase')) names.add('state')
  return names
}
