import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DraftMode } from '#shared/item/drafts.ts'
import { listPresent, look, lookAway, stillThereMs, type Doing, type Present } from '#shared/item/presence.ts'
import { call, query } from '#web/core/api.ts'
import { thisPage } from '#web/core/key.ts'
import { company, live } from '#web/core/live.ts'
import { signal, useSignal } from '#web/core/signal.ts'

interface Typing {
  readonly itemId: string
  readonly mode: DraftMode
}

/** Where one is writing just now, on this page. */
const typing = signal<Typing | null>(null)

const idleMs = 60_000
let idle: ReturnType<typeof setTimeout>

/** Who has not touched their text for a minute is not writing. */
export function setTyping(itemId: string, mode: DraftMode) {
  clearTimeout(idle)
  idle = setTimeout(stopTyping, idleMs)
  const now = typing.get()
  if (now?.itemId !== itemId || now.mode !== mode) typing.set({ itemId, mode })
}

export function stopTyping() {
  clearTimeout(idle)
  if (typing.get() !== null) typing.set(null)
}

const doings = { reply: 'replying', note: 'noting' } as const

function doingOn(itemId: string): Doing {
  const now = typing.get()
  return now?.itemId === itemId ? doings[now.mode] : 'looking'
}

const nobody: readonly Present[] = []

/**
 * The colleagues who have a record before them too, as this page was last told, who writes before who looks; none where
 * it is told nothing now.
 */
export function useCompany(itemId: string): readonly Present[] {
  const { data } = useQuery({ ...query(listPresent, { itemId }), enabled: false })
  if (useSignal(live) !== 'live') return nobody
  return data?.toSorted((one, other) => weight[one.doing] - weight[other.doing]) ?? nobody
}

const weight: Readonly<Record<Doing, number>> = { replying: 0, noting: 1, looking: 2 }

/** Who only passes by on the way to another record is not there. */
const settleMs = 400
let leaving: ReturnType<typeof setTimeout>

/** Tells the desk that this page shows a record, while it is in sight, and hears who else is there. */
export function useLooking(itemId: string) {
  const client = useQueryClient()
  useEffect(() => looking(client, itemId), [client, itemId])
}

function looking(client: QueryClient, itemId: string) {
  const { queryKey } = query(listPresent, { itemId })
  const keep = (present: readonly Present[]) => client.setQueryData(queryKey, [...present])
  let told = false
  const tell = () => {
    if (document.hidden) return
    clearTimeout(leaving)
    told = true
    call(look, { itemId, page: thisPage, doing: doingOn(itemId) }, null).then(keep, () => {})
  }
  const leave = () => {
    if (!told) return
    told = false
    client.removeQueries({ queryKey })
    clearTimeout(leaving)
    leaving = setTimeout(() => void call(lookAway, { page: thisPage }, null).catch(() => {}), settleMs * 2)
  }
  const seen = () => (document.hidden ? leave() : tell())
  const hear = () => told && void call(listPresent, { itemId }).then(keep, () => {})
  const first = setTimeout(tell, settleMs)
  const again = setInterval(tell, stillThereMs)
  const forget = [typing.watch(() => told && tell()), live.watch(() => told && live.get() === 'live' && tell())]
  company.addEventListener('present', hear)
  document.addEventListener('visibilitychange', seen)
  return () => {
    clearTimeout(first)
    clearInterval(again)
    for (const one of forget) one()
    company.removeEventListener('present', hear)
    document.removeEventListener('visibilitychange', seen)
    leave()
  }
}
