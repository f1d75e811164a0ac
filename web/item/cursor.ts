import { useCallback, useMemo, useState } from 'react'
import type { Row } from '#shared/records.ts'
import type { ListPlace } from '#web/item/place.ts'
import type { Matching } from '#web/item/verbs.ts'

const nobody: ReadonlySet<string> = new Set()

/** Where one is in a list: the row under the cursor, the rows that were ticked, and what verbs act on. */
export function useCursor(rows: readonly Row[], { peek, filter, go }: ListPlace) {
  const [chosen, setChosen] = useState<string>()
  const [selected, setRows] = useState(nobody)
  const [matching, selectMatching] = useState<Matching>()
  const setSelected = useCallback((some: ReadonlySet<string>) => {
    setRows(some)
    selectMatching(undefined)
  }, [])
  const peeked = rows.find(({ number }) => number === peek)?.id
  const id = peeked ?? (rows.some((row) => row.id === chosen) ? chosen : rows[0]?.id)
  const at = rows.findIndex((row) => row.id === id)

  const targets = useCallback(() => {
    if (selected.size > 0) return rows.filter((row) => selected.has(row.id))
    const row = rows.find((one) => one.id === id)
    return row ? [row] : []
  }, [rows, selected, id])

  /** Move by some rows; what is peeked at goes along. */
  const step = (by: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))]
    if (!next) return
    setChosen(next.id)
    if (peek !== undefined) go({ peek: next.number }, { replace: true })
  }

  const select = (row: string, extend: boolean) => {
    const many = new Set(selected)
    if (extend) for (const between of idsBetween(rows, id, row)) many.add(between)
    else if (!many.delete(row)) many.add(row)
    setSelected(many)
    setChosen(row)
  }

  const stepSelecting = (by: number) => {
    const next = rows[at + by]
    if (id === undefined || !next) return
    setSelected(new Set([...selected, id, next.id]))
    step(by)
  }

  return {
    id,
    row: rows[at],
    put: setChosen,
    step,
    stepSelecting,
    select,
    selectAll: (all: boolean) => setSelected(all ? new Set(rows.map((row) => row.id)) : nobody),
    clear: useCallback(() => setSelected(nobody), [setSelected]),
    /** All that match, beyond what is loaded; of another filter it is not meant any more. */
    matching: matching?.filter === filter ? matching : undefined,
    selectMatching,
    selected: useMemo(() => onlyOf(selected, rows), [selected, rows]),
    targets,
  }
}

export type Cursor = ReturnType<typeof useCursor>

/** A row that left the list is no longer selected. */
function onlyOf(selected: ReadonlySet<string>, rows: readonly Row[]) {
  if (selected.size === 0) return selected
  return new Set(rows.flatMap(({ id }) => (selected.has(id) ? [id] : [])))
}

function idsBetween(rows: readonly Row[], one: string | undefined, other: string) {
  const ends = [rows.findIndex(({ id }) => id === one), rows.findIndex(({ id }) => id === other)]
  return rows.slice(Math.max(0, Math.min(...ends)), Math.max(...ends) + 1).map(({ id }) => id)
}
