import { useCallback, useSyncExternalStore } from 'react'

/** What a person chose for this browser. Everything that others could notice lives on the server instead. */
const defaults = {
  density: 'default',
  rail: 'wide',
  singleKeys: 'on',
} as const

export type Pref = keyof typeof defaults

const listeners = new Set<() => void>()
const watch = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function readPref(pref: Pref): string {
  return readStored(`steward.${pref}`) ?? defaults[pref]
}

export function usePref(pref: Pref): [string, (value: string) => void] {
  const value = useSyncExternalStore(watch, () => readPref(pref))
  const set = useCallback(
    (next: string) => {
      store(`steward.${pref}`, next)
      for (const listener of listeners) listener()
    },
    [pref],
  )
  return [value, set]
}

/** Storage can be forbidden or full; then a choice lasts as long as the page. */
export function readStored(key: string) {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function store(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // The page goes on without it.
  }
}
