import type { Ctx } from '#server/core/desk.ts'
import type { Breakdown } from '#shared/report.ts'
import { priorityNames } from '#shared/incident.ts'

type Key = string | null

/** The groups of a breakdown by their names: priorities in their order, others by how much they hold. */
export async function groupsOf(ctx: Ctx, by: Breakdown, sizes: ReadonlyMap<Key, number>) {
  const keys = [...sizes.keys()]
  const names = await namesOf(
    ctx,
    by,
    keys.filter((key) => key !== null),
  )
  const named = keys.map((key) => ({ key, label: key === null ? none[by] : (names.get(key) ?? key) }))
  const size = ({ key }: { key: Key }) => sizes.get(key) ?? 0
  return named.toSorted((a, b) => {
    if (by === 'priority') return Number(a.key) - Number(b.key)
    return size(b) - size(a) || a.label.localeCompare(b.label, 'en')
  })
}

const none: Readonly<Record<Breakdown, string>> = {
  service: 'No service',
  team: 'No team',
  priority: 'No priority',
  organisation: 'No organisation',
  assignee: 'Nobody',
  category: 'No category',
  source: 'No source',
}

const tables = { service: 'service', team: 'team', organisation: 'organisation', assignee: 'person' } as const

async function namesOf({ db }: Ctx, by: Breakdown, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (by === 'priority') return new Map(Object.entries(priorityNames).map(([key, name]) => [key, `${key} ${name}`]))
  if (by === 'source') return new Map(keys.map((key) => [key, wordFor(key)]))
  if (by === 'category' || keys.length === 0) return new Map()
  const rows = await db.selectFrom(tables[by]).select(['id', 'name']).where('id', 'in', keys).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const wordFor = (value: string) => `${value.charAt(0).toUpperCase()}${value.slice(1).replaceAll('_', ' ')}`
