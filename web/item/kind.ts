import type { ComponentType } from 'react'
import type { Permission } from '#shared/access.ts'
import type { KindName } from '#shared/kinds.ts'
import type { Record } from '#shared/records.ts'
import type { Verb, Bench } from '#web/item/verbs.ts'
import type { BuiltInView } from '#web/item/views.ts'

/** What a kind hands over to have a list, with its keys, its bulk bar and its peek: what is the kind's alone. */
export interface Kind {
  readonly name: KindName
  /** Where its list is. */
  readonly path: '/q'
  readonly views: readonly BuiltInView[]
  /** The columns of a list that nobody has changed. */
  readonly columns: readonly string[]
  readonly verbs: readonly Verb[]
  /** How one comes to be, where people may open them by hand. */
  readonly opening: { readonly label: string; readonly may: Permission; readonly open: () => void }
  /** What an empty list says, one that is empty for its filter alone, and what shows all of them. */
  readonly none: string
  readonly noneFits: string
  readonly showAll: string
  /** A record of it beside its list. */
  readonly Peek: ComponentType<PeekProps>
}

export interface PeekProps {
  readonly number: string
  readonly onClose: () => void
  readonly onStep: (by: number) => void
}

/** What is drawn of a record beside what every record has: its head, its properties, and what is around it. */
export interface Panels {
  readonly verbs: readonly Verb[]
  readonly Head: ComponentType<PanelProps>
  readonly Properties: ComponentType<PanelProps & { readonly folded?: boolean }>
  readonly Around: ComponentType<PanelProps>
  /** Asks how it ended; what was written to go with it is sent first, and only then. */
  readonly resolve: (bench: Bench, send: () => Promise<boolean>) => void
}

export interface PanelProps {
  readonly record: Record
  readonly bench: Bench
}
