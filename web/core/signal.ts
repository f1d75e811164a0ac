import { useSyncExternalStore } from 'react'

/** A value that components can watch: for what floats above all pages, never for what the server knows. */
export interface Signal<T> {
  get: () => T
  set: (value: T) => void
  watch: (listener: () => void) => () => void
}

export function signal<T>(first: T): Signal<T> {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useSignal = <T>({ watch, get }: Signal<T>) => useSyncExternalStore(watch, get)
