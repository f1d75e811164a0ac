import type { ReactNode } from 'react'
import { signal } from '#web/core/signal.ts'

/** The one dialog above the page. It is drawn by the shell, so that any verb can ask for it. */
export const layer = signal<ReactNode>(null)

export const openLayer = (content: ReactNode) => layer.set(content)
export const closeLayer = () => layer.set(null)
