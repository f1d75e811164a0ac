import type { Selectable } from 'kysely'
import type { ClockPastTable } from '#server/core/tables.ts'
import type { Counted } from './clock.ts'
import type { Life } from './count.ts'
import { forEver, isKept, isOpen, keyOf, rowOf, says, type ClockRow } from './rows.ts'

/** What is to be written of one item's clocks. */
export interface Plan {
  readonly itemId: string
  readonly insert: readonly ClockRow[]
  readonly update: readonly ClockRow[]
  readonly remove: readonly string[]
  readonly past: readonly Selectable<ClockPastTable>[]
  /** The clocks as they will then stand. */
  readonly now: readonly ClockRow[]
  readonly changed: boolean
  /** Each clock that will stand otherwise than it did. */
  readonly moved: readonly { readonly before: ClockRow | null; readonly after: ClockRow | null }[]
}

interface How {
  readonly quiet: string | null
  readonly knownAt: string
  /** By other terms or calendars: then what was true before is no longer. */
  readonly anew: boolean
}

/** How far behind its recording an event may lie and still be news: a transaction takes its time. */
const grace = 60_000

/** Holds what was counted against what is kept. */
export function planOf(
  { itemId, seq, history }: Life,
  rows: readonly ClockRow[],
  counted: readonly Counted[],
  how: How,
) {
  const before = new Map(rows.map((row) => [keyOf(row), row] as const))
  const now = counted.map((clock) => {
    const key = keyOf({ definitionId: clock.definition.id, attachedAt: new Date(clock.attachedAt).toISOString() })
    const known = before.get(key)
    return rowOf(clock, { itemId, seq, knownAt: how.knownAt, quietUntil: quietOf(known, how.quiet) }, known)
  })
  const after = new Map(now.map((row) => [keyOf(row), row] as const))
  const late = how.anew || history.some((event) => isLate(event, rows))
  return sorted({ itemId, rows, before, now, after, late, knownAt: how.knownAt })
}

/** A record that came with its past wakes when somebody first does something with it here. */
function quietOf(known: ClockRow | undefined, quiet: string | null) {
  if (quiet !== null || !known) return quiet
  return known.quietUntil === forEver ? new Date().toISOString() : known.quietUntil
}

const isLate = ({ seq, at, recordedAt }: Life['history'][number], rows: readonly ClockRow[]) =>
  rows.some(({ seenSeq }) => seq > seenSeq) && Date.parse(recordedAt) - Date.parse(at) > grace

interface Both {
  readonly itemId: string
  readonly rows: readonly ClockRow[]
  readonly before: ReadonlyMap<string, ClockRow>
  readonly now: readonly ClockRow[]
  readonly after: ReadonlyMap<string, ClockRow>
  readonly late: boolean
  readonly knownAt: string
}

function sorted({ itemId, rows, before, now, after, late, knownAt }: Both): Plan {
  const gone = rows.filter((row) => !after.has(keyOf(row)))
  const kept = now.flatMap((row) => {
    const was = before.get(keyOf(row))
    return was ? [{ was, row }] : []
  })
  const replaced = late ? kept.filter(({ was, row }) => !says(was, row)) : []
  const anew = new Set(replaced.map(({ row }) => row.id))
  const final = now.map((row) => (anew.has(row.id) ? { ...row, knownAt } : row))
  const byId = new Map(kept.map(({ was }) => [was.id, was]))
  const insert = final.filter(({ id }) => !byId.has(id))
  const update = final.filter((row) => {
    const was = byId.get(row.id)
    return was !== undefined && (late || !isKept(was, row))
  })
  const old = [...(late ? gone : []), ...replaced.map(({ was }) => was)]
  return {
    itemId,
    insert,
    update,
    remove: gone.map(({ id }) => id),
    // What was believed for no time at all was not believed.
    past: old.filter((row) => row.knownAt < knownAt).map((row) => pastOf(row, knownAt)),
    now: final,
    changed: insert.length + update.length + gone.length > 0 || final.some(isOpen),
    moved: [
      ...gone.map((row) => ({ before: row, after: null })),
      ...insert.map((row) => ({ before: null, after: row })),
      ...kept.filter(({ was, row }) => !says(was, row)).map(({ was, row }) => ({ before: was, after: row })),
    ],
  }
}

function pastOf({ told: _, quietUntil: __, wakeAt: ___, ...row }: ClockRow, until: string) {
  return { ...row, until }
}
