import { signal } from '#web/core/signal.ts'

export type Mode = 'reply' | 'note'

/** For whom the composer on screen writes, and how often it was asked to take the focus. */
export const writing = signal<{ readonly mode: Mode | null; readonly asked: number }>({ mode: null, asked: 0 })

export const setMode = (mode: Mode) => writing.set({ ...writing.get(), mode })

/** Go to the composer that is on screen, or about to be. */
export const askToWrite = (mode: Mode) => writing.set({ mode, asked: writing.get().asked + 1 })

/** The focus is taken once for each time that it was asked for. */
let taken = 0

export function takeFocus(asked: number) {
  const mine = asked > taken
  taken = asked
  return mine
}
