import { signal } from '#web/core/signal.ts'
import { t } from '#web/core/words.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'wrong'
  readonly more?: string | undefined
  readonly undo?: (() => void) | undefined
}

export const toasts = signal<readonly Toast[]>([])

let last = 0

/** Say that something was done. With a way back it stays for ten seconds, else it leaves sooner. */
export function say(text: string, { undo, more }: Pick<Toast, 'undo' | 'more'> = {}) {
  show({ id: ++last, text, tone: 'plain', undo, more })
}

/** Say what is about to be done and how to prevent it, until the function that it gives back is called. */
export function sayMeanwhile(text: string, undo: () => void) {
  const toast = { id: ++last, text, tone: 'plain', undo } as const
  add(toast)
  return () => dismiss(toast.id)
}

/** Say that something was refused, and why. */
export function sayWrong(error: unknown) {
  show({ id: ++last, text: error instanceof Error ? error.message : t('That did not work'), tone: 'wrong' })
}

export function dismiss(id: number) {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

/** Take back the newest thing that can be taken back. */
export function undoLast() {
  const toast = toasts.get().findLast(({ undo }) => undo !== undefined)
  if (!toast) return
  dismiss(toast.id)
  toast.undo?.()
}

function show(toast: Toast) {
  add(toast)
  const stays = toast.undo !== undefined || toast.tone === 'wrong'
  setTimeout(() => dismiss(toast.id), stays ? 10_000 : 4000)
}

const add = (toast: Toast) => toasts.set([...toasts.get().slice(-2), toast])
