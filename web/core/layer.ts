import type { ReactNode } from 'react'
import { signal } from '#web/core/signal.ts'

/** The one dialog above the page. It is drawn by the shell, so that any verb can ask for it. */
export const layer = signal<ReactNode>(null)

/** What stands beside what is said in passing, on every page of the staff; it is put there at the start. */
export const beside = signal<ReactNode>(null)

export const openLayer = (content: ReactNode) => layer.set(content)
export const closeLayer = () => layer.set(null)
