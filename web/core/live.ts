import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { thisPage } from '#web/core/key.ts'
import { signal } from '#web/core/signal.ts'

/** Whether the desk tells this page what changes, as it changes. */
export const live = signal<'connecting' | 'live' | 'lost'>('connecting')

/** Hears `present`: others came to the one that this page shows, left it, or began to write. */
export const company = new EventTarget()

type Listener = (ids: readonly string[]) => void
const listeners = new Set<Listener>()

/** Tell what is on screen that records changed; without ids, that something did. */
export function announce(ids: readonly string[]) {
  for (const listener of listeners) listener(ids)
}

/** Hear of records that changed, some at a time, so that a storm of changes stays a few reads. */
export function useChanges(onChanges: Listener, pause = 300) {
  const current = useRef(onChanges)
  useEffect(() => {
    current.current = onChanges
  })
  useEffect(() => {
    const waiting = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const ids = [...waiting]
      waiting.clear()
      current.current(ids)
    }
    const listener: Listener = (ids) => {
      for (const id of ids) waiting.add(id)
      timer ??= setTimeout(flush, pause)
    }
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      clearTimeout(timer)
    }
  }, [pause])
}

/** Listen to the desk. Once, in the shell. */
export function useLive() {
  const client = useQueryClient()
  useChanges((ids) => void refresh(client, ids))
  useEffect(() => {
    const readAll = () => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'list' })
      announce([])
    }
    return listen(readAll)
  }, [client])
}

const pauses = [1000, 2000, 5000, 10_000, 30_000]

/** Stays connected: the browser tries again by itself only while the desk answers, so a restart is waited out here. */
function listen(readAll: () => void) {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const connect = () => {
    source = new EventSource(`/api/live?page=${thisPage}`)
    source.addEventListener('open', () => {
      if (failures > 0) readAll()
      failures = 0
      live.set('live')
    })
    source.addEventListener('error', () => {
      failures++
      live.set('lost')
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(connect, pauses[Math.min(failures, pauses.length) - 1])
    })
    source.addEventListener('message', ({ data }) => {
      const ids = itemsIn(String(data))
      if (ids.length > 0) announce(ids)
    })
    source.addEventListener('present', () => company.dispatchEvent(new Event('present')))
  }
  connect()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

function itemsIn(text: string): readonly string[] {
  try {
    const message: unknown = JSON.parse(text)
    if (typeof message !== 'object' || message === null || !('items' in message)) return []
    return Array.isArray(message.items) ? message.items.map(String) : []
  } catch {
    return []
  }
}

function refresh(client: QueryClient, ids: readonly string[]) {
  if (ids.length === 0) return undefined
  const changed = new Set(ids)
  const isAbout = (data: unknown) =>
    typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string' && changed.has(data.id)
  return client.invalidateQueries({
    predicate: ({ queryKey, state }) =>
      queryKey[0] !== 'list' &&
      (queryKey[0] === '/record-count' ||
        isAbout(state.data) ||
        ids.some((id) => JSON.stringify(queryKey).includes(id))),
  })
}
