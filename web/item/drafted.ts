import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { listDrafts, type DraftMode } from '#shared/item/drafts.ts'
import { query } from '#web/core/api.ts'
import { signal } from '#web/core/signal.ts'

interface Where {
  readonly itemId: string
  readonly mode: DraftMode
}

/** The records on which one has begun to write something. */
const drafted = signal<ReadonlySet<string>>(new Set())

const nameOf = ({ itemId, mode }: Where) => `${itemId} ${mode}`

export function markDrafted(where: Where, is: boolean) {
  const before = drafted.get()
  if (before.has(nameOf(where)) === is) return
  const now = new Set(before)
  if (is) now.add(nameOf(where))
  else now.delete(nameOf(where))
  drafted.set(now)
}

/** Reads them, for a list: one question for all of its rows. What was read for the last list knows less than this page. */
export function useOwnDrafts() {
  const { data } = useQuery({ ...query(listDrafts, {}), gcTime: 0 })
  useEffect(() => {
    if (data) drafted.set(new Set(data.map(nameOf)))
  }, [data])
}

export function useDrafted(itemId: string) {
  return useSyncExternalStore(drafted.watch, () => {
    const all = drafted.get()
    return all.has(nameOf({ itemId, mode: 'reply' })) || all.has(nameOf({ itemId, mode: 'note' }))
  })
}
