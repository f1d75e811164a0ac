import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { builtInViews } from '#web/item/views.ts'
import { startingColumns } from '#web/item/columns.tsx'

/** The state of the queue, all of it in the URL: whoever opens it sees the same list. */
export interface QueueSearch {
  readonly f?: string
  readonly sort?: string
  readonly view?: string
  readonly peek?: string
  readonly cols?: string
}

const names = ['f', 'sort', 'view', 'peek', 'cols'] as const

export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const found = names.filter((name) => search[name] !== undefined && search[name] !== null)
  return Object.fromEntries(found.map((name) => [name, String(search[name])]))
}

/** The list that the URL asks for, and how to ask for another. A view's id says where a list came from, no more. */
export function useQueue() {
  const search = useSearch({ from: '/staff/q' })
  const navigate = useNavigate({ from: '/q' })
  const view = search.view ?? (search.f === undefined ? 'mine' : undefined)
  const builtIn = builtInViews.find(({ id }) => id === view)
  const filter = search.f ?? builtIn?.filter ?? ''
  const sort = search.sort ?? builtIn?.sort ?? '-createdAt'
  const columns = useMemo(() => search.cols?.split(',') ?? startingColumns, [search.cols])

  /** A step that Back undoes, unless it replaces the last. */
  const go = (change: QueueSearch, { replace = false } = {}) =>
    void navigate({ search: (before) => withoutGaps({ ...before, ...change }), replace })
  const without = (name: keyof QueueSearch) => go({ [name]: '' })
  return { view, filter, sort, columns, peek: search.peek, go, without }
}

export type Queue = ReturnType<typeof useQueue>

const withoutGaps = (search: QueueSearch): QueueSearch =>
  Object.fromEntries(Object.entries(search).filter(([name, value]) => value !== '' || name === 'f'))
