import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { FieldChange } from '#server/item/item.ts'
import type { Certificate } from '#shared/import/certificate.ts'
import type { Mapping } from '#shared/import/mapping.ts'
import { momentsIn, pairsOf, type Event } from './compare.ts'
import type { drafter } from './draft.ts'
import { figures } from './figures.ts'
import { gather, marksIn, type Gathered } from './gather.ts'
import { findNames, type Known } from './names.ts'
import type { Group } from './stage.ts'
import { tally, type Case } from './tally.ts'

export interface Checking {
  readonly mapping: Mapping
  readonly read: ReturnType<typeof drafter>
  readonly known: Known
}

/** Reads back from the desk what a file brought, and holds it against the file, record by record. */
export function checker({ mapping, read, known }: Checking) {
  const [tallied, figured, counted] = [tally(), figures(), counting()]
  const renumbered: Certificate['renumbered'] = []
  const updates = mapping.rows === 'updates'

  return {
    async check(ctx: Ctx, groups: readonly Group[]) {
      const here = await recordsHere(ctx, mapping, groups, read)
      const drafts = here.flatMap(({ rows }) => rows.map(({ draft }) => draft))
      if (drafts.length === 0) return
      const { ids, found } = await findNames(ctx, mapping, drafts, known)
      for (const [key, id] of found) known.set(key, id)
      for (const { key, number, rows, history } of here) {
        const moments = momentsIn(history)
        const end = moments.at(-1)
        if (!end) continue
        const compared = rows.map(({ draft, place }, at) => {
          const moment = (updates ? moments[place + 1] : end) ?? end
          return { draft, moment, pairs: pairsOf(draft, moment, { ids, last: at === rows.length - 1, updates }) }
        })
        const one: Case = { key, rows: compared, history, last: end }
        for (const each of [tallied, figured, counted]) each.add(one)
        if (number !== key) renumbered.push({ was: key, is: number })
      }
    },
    end: () => ({ ...counted.end(), ...tallied.end(), figures: figured.end(), renumbered }),
  }
}

/** Counts what is there: records, updates, people, teams, the time they span, and the priority of each impact and urgency. */
function counting() {
  const seen = { incidents: 0, events: 0, from: '', to: '' }
  const [people, teams] = [new Set<string>(), new Set<string>()]
  const matrix = new Map<string, Map<number, number>>()
  return {
    add({ rows, history }: Case) {
      seen.incidents += 1
      seen.events += rows.length
      for (const { moment } of rows) countCell(matrix, moment.fields)
      for (const { at, actorId, changes } of history) {
        if (seen.from === '' || at < seen.from) seen.from = at
        if (at > seen.to) seen.to = at
        addTo(people, actorId)
        for (const { field, after } of changes) {
          if (field === 'teamId') addTo(teams, after)
          if (personal.has(field)) addTo(people, after)
        }
      }
    },
    end: () => ({
      ...seen,
      from: seen.from || null,
      to: seen.to || null,
      people: people.size,
      teams: teams.size,
      matrix,
    }),
  }
}

const addTo = (set: Set<string>, id: unknown) => void (typeof id === 'string' && set.add(id))

function countCell(matrix: Map<string, Map<number, number>>, fields: Readonly<Record<string, unknown>>) {
  const cell = `${String(fields['impact'])} ${String(fields['urgency'])}`
  const priorities = matrix.get(cell) ?? new Map<number, number>()
  matrix.set(cell, priorities)
  const priority = Number(fields['priority'])
  priorities.set(priority, (priorities.get(priority) ?? 0) + 1)
}

const personal: ReadonlySet<string> = new Set(['requesterId', 'assigneeId', 'openedById', 'resolvedById'])

/** The records of some rows that are in the desk, with those of the rows that are in their history and their place in it. */
async function recordsHere(ctx: Ctx, mapping: Mapping, groups: readonly Group[], read: Checking['read']) {
  const sources = await sourcesOf(ctx, mapping.system, groups)
  const histories = await historiesOf(
    ctx,
    [...sources.values()].map(({ itemId }) => itemId),
  )
  return groups.flatMap((group) => {
    const source = sources.get(group.key)
    if (!source) return []
    const { itemId, number, marks } = source
    const rows = placesOf(gather(group, mapping, read).gathered, marks)
    return [{ key: group.key, number, rows, history: histories.get(itemId) ?? [] }]
  })
}

function placesOf({ drafts }: Gathered, marks: readonly string[]) {
  const places = new Map<string, number[]>()
  for (const [at, mark] of marks.entries()) places.set(mark, [...(places.get(mark) ?? []), at])
  return drafts.flatMap(({ draft, mark }) => {
    const place = places.get(mark)?.shift()
    return place === undefined ? [] : [{ draft, place }]
  })
}

async function sourcesOf({ db }: Ctx, system: string, groups: readonly Group[]) {
  const rows = await db
    .selectFrom('importSource')
    .innerJoin('item', 'item.id', 'importSource.itemId')
    .select(['importSource.key', 'importSource.rows', 'item.id', 'item.number'])
    .where('importSource.system', '=', system)
    .where('importSource.what', '=', 'incident')
    .where((eb) => eb('importSource.key', '=', eb.fn.any(sql<string[]>`${groups.map(({ key }) => key)}::text[]`)))
    .execute()
  return new Map(rows.map(({ key, id, number, rows: marks }) => [key, { itemId: id, number, marks: marksIn(marks) }]))
}

async function historiesOf({ db }: Ctx, ids: readonly string[]) {
  const events = await db
    .selectFrom('event')
    .select(['itemId', 'name', 'channel', 'actorId', 'at', sql<FieldChange[]>`changes`.as('changes')])
    .where((eb) => eb('itemId', '=', eb.fn.any(sql<string[]>`${ids}::uuid[]`)))
    .orderBy('itemId')
    .orderBy('seq')
    .execute()
  return Map.groupBy(events as Event[], ({ itemId }) => itemId)
}
