import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Kind } from '#web/item/kind.ts'

/** The state of a list, all of it in the URL: whoever opens it sees the same list. */
export interface ListSearch {
  readonly f?: string
  readonly sort?: string
  readonly view?: string
  readonly peek?: string
  readonly cols?: string
}

const names = ['f', 'sort', 'view', 'peek', 'cols'] as const

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const found = names.filter((name) => search[name] !== undefined && search[name] !== null)
  return Object.fromEntries(found.map((name) => [name, String(search[name])]))
}

/** The list that the URL asks for, and how to ask for another. A view's id says where a list came from, no more. */
export function useListPlace(kind: Kind) {
  const { path: from } = kind
  const search = useSearch({ from: `/staff${from}` })
  const navigate = useNavigate({ from })
  const view = search.view ?? (search.f === undefined ? kind.views[0]?.id : undefined)
  const builtIn = kind.views.find(({ id }) => id === view)
  const filter = search.f ?? builtIn?.filter ?? ''
  const sort = search.sort ?? builtIn?.sort ?? '-createdAt'
  const columns = useMemo(() => search.cols?.split(',') ?? kind.columns, [search.cols, kind])

  /** A step that Back undoes, unless it replaces the last. */
  const go = (change: ListSearch, { replace = false } = {}) =>
    void navigate({ search: (before) => withoutGaps({ ...before, ...change }), replace })
  const without = (name: keyof ListSearch) => go({ [name]: '' })
  return { kind, view, filter, sort, columns, peek: search.peek, go, without }
}

export type ListPlace = ReturnType<typeof useListPlace>

const withoutGaps = (search: ListSearch): ListSearch =>
  Object.fromEntries(Object.entries(search).filter(([name, value]) => value !== '' || name === 'f'))
