import { useInfiniteQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { getRecord, listRecords, type Row } from '#shared/records.ts'
import { call } from '#web/core/api.ts'
import { useChanges } from '#web/core/live.ts'

export interface ListInput {
  readonly kind: string
  readonly filter: string
  readonly sort: string
  readonly fields?: string
}

type Page = Output<typeof listRecords>
type Pages = InfiniteData<Page>

const pageSize = 100
/** No more rows than a browser can scroll and a person can read; the rest is found by narrowing. */
export const mostRows = 50_000

const keyOf = (input: ListInput) => ['list', input] as const

/** A list as far as it was scrolled. Rows change in place as the desk hears of it; new ones wait to be asked for. */
export function useRecords(input: ListInput) {
  const list = useInfiniteQuery({
    queryKey: keyOf(input),
    queryFn: ({ pageParam }) =>
      call(listRecords, { ...input, limit: pageSize, ...(pageParam !== undefined && { after: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: Infinity,
  })
  const rows = useMemo(() => rowsOf(list.data), [list.data])
  const { fetchNextPage, hasNextPage } = list
  const news = useNews(input, rows)
  return {
    rows,
    news,
    error: list.error,
    loading: list.isPending || list.isFetchingNextPage,
    more: hasNextPage && rows.length < mostRows,
    capped: hasNextPage && rows.length >= mostRows,
    onMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    again: list.refetch,
  }
}

function rowsOf(data: Pages | undefined): readonly Row[] {
  const seen = new Map<string, Row>()
  for (const { records } of data?.pages ?? []) for (const row of records) if (!seen.has(row.id)) seen.set(row.id, row)
  return [...seen.values()]
}

/** What came since the list was read: how many are new in it, how many are gone, and a way to see that. */
function useNews(input: ListInput, rows: readonly Row[]) {
  const client = useQueryClient()
  const [fresh, setFresh] = useState<{ of: ListInput; page: Page } | null>(null)
  const current = fresh && isSame(fresh.of, input) ? fresh.page : null

  useChanges(async (ids) => {
    const page = await call(listRecords, { ...input, limit: pageSize }).catch(() => null)
    if (!page) return
    setFresh({ of: input, page })
    for (const row of page.records) patchRow(client, row)
    const first = new Set(page.records.map(({ id }) => id))
    const others = rows.filter(({ id }) => ids.includes(id) && !first.has(id)).slice(0, 20)
    await Promise.all(others.map(({ number }) => refreshRow(client, number)))
  })

  const known = useMemo(() => new Set(rows.map(({ id }) => id)), [rows])
  const count = cameTo(known, current)
  const show = useCallback(() => {
    if (current) client.setQueryData<Pages>(keyOf(input), { pages: [current], pageParams: [undefined] })
    setFresh(null)
  }, [client, current, input])
  return { count, gone: goneFrom(rows, current, count), show }
}

/** How many came among the rows that are known. What follows the last of them has only moved up. */
function cameTo(known: ReadonlySet<string>, page: Page | null) {
  const records = page?.records ?? []
  const last = known.size === 0 ? records.length : records.findLastIndex(({ id }) => known.has(id))
  return records.slice(0, Math.max(last, 0)).filter(({ id }) => !known.has(id)).length
}

/** How many of the first rows no longer belong where they stand. */
function goneFrom(rows: readonly Row[], page: Page | null, came: number) {
  if (!page) return 0
  const there = new Set(page.records.map(({ id }) => id))
  const seen = page.next === null ? rows : rows.slice(0, page.records.length - came)
  return seen.filter(({ id }) => !there.has(id)).length
}

const isSame = (one: ListInput, other: ListInput) =>
  one.filter === other.filter && one.sort === other.sort && one.kind === other.kind && one.fields === other.fields

async function refreshRow(client: QueryClient, number: string) {
  const record = await call(getRecord, { key: number }).catch(() => null)
  if (record) patchRow(client, record)
}

/** What is known of a record: its id, and some of its fields. */
export interface Known {
  readonly id: string
  readonly [field: string]: unknown
}

/** Put what is now known of a record into every list that shows it, and into its own page. */
export function patchRow(client: QueryClient, changed: Known) {
  client.setQueriesData<Pages>({ queryKey: ['list'] }, (data) => data && patched(data, changed))
  void client.cancelQueries({ queryKey: ['/records/:key'], predicate: ({ state }) => hasId(state.data, changed.id) })
  client.setQueriesData<unknown>({ queryKey: ['/records/:key'] }, (data: unknown) =>
    hasId(data, changed.id) ? { ...data, ...changed } : data,
  )
}

const hasId = (data: unknown, id: string): data is { id: string } =>
  typeof data === 'object' && data !== null && 'id' in data && data.id === id

function patched(data: Pages, changed: { readonly id: string }): Pages {
  if (!data.pages.some(({ records }) => records.some(({ id }) => id === changed.id))) return data
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      records: page.records.map((row) => (row.id === changed.id ? merged(row, changed) : row)),
    })),
  }
}

/** A row keeps its own fields, with the newer values; the same object when nothing changed, so that it is not drawn. */
function merged(row: Row, changed: object): Row {
  const news = Object.entries(changed).filter(
    ([field, value]) => field in row && JSON.stringify(row[field]) !== JSON.stringify(value),
  )
  return news.length === 0 ? row : { ...row, ...Object.fromEntries(news) }
}
