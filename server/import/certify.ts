import { as, system, type Desk } from '#server/core/desk.ts'
import type { Certificate } from '#shared/import/certificate.ts'
import { targets, type Mapping, type Target } from '#shared/import/mapping.ts'
import { Recognised } from '#shared/import.ts'
import type { checker } from './check.ts'
import { entriesOf } from './guess.ts'
import { whyLost } from './learn.ts'
import { runOf } from './runs.ts'
import type { Table } from './table.ts'

interface About {
  readonly id: string
  readonly table: Table
  readonly mapping: Mapping
  readonly priorityOf: (impact: number, urgency: number) => number
  readonly found: ReturnType<ReturnType<typeof checker>['end']>
}

const mostTold = 1000

/** Puts together what an import proved: what was read back, what was turned away, and what was never taken. */
export async function certificateOf(
  desk: Desk,
  { id, table, mapping, priorityOf, found }: About,
): Promise<Certificate> {
  const run = await runOf(desk, id)
  const { rejected, count } = await rejectedOf(desk, id)
  const { matrix, renumbered, ...told } = found
  return {
    file: {
      name: run.fileName,
      sha256: table.sha256,
      size: table.size,
      charset: table.charset,
      rows: run.total + count.unread,
    },
    system: mapping.system,
    ...told,
    added: { ...none, ...run.added },
    rejectedCount: count.all,
    rejected,
    mapped: mappedBy(mapping),
    lost: lostBy(mapping, table.head, run.recognised && Recognised.parse(run.recognised)),
    renumbered: renumbered.slice(0, mostTold),
    matrix: [...matrix].map(([cell, counts]) => cellOf(cell, counts, priorityOf)).toSorted(byCell),
    seconds: (Date.now() - Date.parse(run.startedAt ?? run.createdAt)) / 1000,
  }
}

const none = { incidents: 0, events: 0, people: 0, teams: 0, organisations: 0, services: 0, fields: 0 }

function rejectedOf(desk: Desk, id: string) {
  return as(desk, system, async ({ db }) => {
    const rejected = await db
      .selectFrom('importRejected')
      .select(['line', 'reason'])
      .where('runId', '=', id)
      .orderBy('line')
      .limit(mostTold)
      .execute()
    const { all, unread } = await db
      .selectFrom('importRejected')
      .select((eb) => [
        eb.fn.countAll<number>().as('all'),
        eb.fn
          .countAll<number>()
          .filterWhere((of) =>
            of.not(
              of.exists(
                of
                  .selectFrom('importRow')
                  .select('line')
                  .whereRef('importRow.runId', '=', 'importRejected.runId')
                  .whereRef('importRow.line', '=', 'importRejected.line'),
              ),
            ),
          )
          .as('unread'),
      ])
      .where('runId', '=', id)
      .executeTakeFirstOrThrow()
    return { rejected, count: { all, unread } }
  })
}

function mappedBy({ columns, titleFrom, custom }: Mapping): Certificate['mapped'] {
  return [
    ...entriesOf<Target, string>(columns).map(([target, column]) => ({ column, to: targets[target] })),
    ...titleFrom.map((column) => ({ column, to: 'Title, put together' })),
    ...custom.map(({ column, label }) => ({ column, to: `${label}, a field of its own` })),
  ]
}

function lostBy({ columns, titleFrom, custom }: Mapping, head: readonly string[], recognised: Recognised | null) {
  const taken = new Set([...Object.values(columns), ...titleFrom, ...custom.map(({ column }) => column)])
  return head
    .filter((column) => !taken.has(column))
    .map((column) => {
      const profile = recognised?.columns.find(({ name }) => name === column)
      const values = new Map(profile?.values.map(({ value, rows }) => [value, rows]))
      const seen = profile && { ...profile, values, whole: profile.distinct !== null }
      const why = seen && whyLost(seen, { rows: recognised?.rows ?? 0 }, columns)
      return { column, why: why ?? 'the mapping leaves it out' }
    })
}

function cellOf(
  cell: string,
  counts: ReadonlyMap<number, number>,
  priorityOf: About['priorityOf'],
): Certificate['matrix'][number] {
  const [impact = 0, urgency = 0] = cell.split(' ').map(Number)
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
  const [priority = 0, rows = 0] = best ?? []
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { impact, urgency, priority, desk: priorityOf(impact, urgency), rows, others: all - rows }
}

const byCell = (a: Certificate['matrix'][number], b: Certificate['matrix'][number]) =>
  a.impact - b.impact || a.urgency - b.urgency
