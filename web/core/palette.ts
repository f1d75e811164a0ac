import { signal } from '#web/core/signal.ts'
import type { ReactNode } from 'react'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly section?: string | undefined
  readonly hint?: string | undefined
  readonly keys?: string | undefined
  readonly icon?: ReactNode
  readonly ticked?: boolean | undefined
  readonly run: () => void
}

/** One page of the palette: a question, and what may be answered. A verb that needs an answer opens a page. */
export interface PalettePage {
  readonly id: string
  readonly title: string
  readonly placeholder: string
  /** What is offered at once for what was typed. */
  readonly choices?: (text: string) => readonly Choice[]
  /** What is looked up for it. */
  readonly lookUp?: (text: string) => Promise<readonly Choice[]>
  /** Stay open after a choice, since several may be made. */
  readonly stays?: boolean
}

export const palette = signal<PalettePage | null>(null)

export const openPalette = (page: PalettePage) => palette.set(page)
export const closePalette = () => palette.set(null)

/** Whether the letters of what was typed stand in a label in this order; the earlier and closer, the lower. */
export function closeness(label: string, typed: string) {
  const text = label.toLowerCase()
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return 0
  const whole = text.indexOf(wanted)
  if (whole >= 0) return whole === 0 || text[whole - 1] === ' ' ? whole : whole + 10
  let from = 0
  let score = 100
  for (const letter of wanted) {
    if (letter === ' ') continue
    const at = text.indexOf(letter, from)
    if (at < 0) return undefined
    score += at - from
    from = at + 1
  }
  return score < 100 + wanted.length * 4 ? score : undefined
}

/** The choices that what was typed may mean, the likeliest first. */
export function narrow<C extends { readonly label: string }>(choices: readonly C[], typed: string): readonly C[] {
  if (typed.trim() === '') return choices
  return choices
    .map((choice) => ({ choice, score: closeness(choice.label, typed) }))
    .filter((scored): scored is { choice: C; score: number } => scored.score !== undefined)
    .toSorted((one, other) => one.score - other.score)
    .map(({ choice }) => choice)
}
