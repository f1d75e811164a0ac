import type { QueryClient } from '@tanstack/react-query'
import type { Permission } from '#shared/access.ts'
import { text } from '#shared/core/message.ts'
import { kindNamed } from '#shared/kinds.ts'
import type { Row } from '#shared/records.ts'
import type { Me } from '#shared/session.ts'
import type { Command } from '#web/core/keys.ts'
import { about } from '#web/core/numbers.ts'
import { t } from '#web/core/words.ts'

/** All records that a list would show if it were read to its end. */
export interface Matching {
  readonly filter: string
  readonly count: number
}

/** Where verbs act: on the selection, the row under the cursor, or the record that is open. */
export interface Bench {
  readonly client: QueryClient
  readonly me: Me
  readonly may: (permission: Permission) => boolean
  readonly targets: () => readonly Row[]
  /** Chosen as all that match a filter, of which the targets are those that are loaded. */
  readonly matching?: () => Matching | undefined
  /** Go on to write to the requester or to the desk, wherever the composer is. */
  readonly write?: (mode: 'reply' | 'note') => void
}

/** Something to do with records. One value serves the keyboard, the palette, the bulk bar and the menus. */
export interface Verb {
  readonly id: string
  readonly label: string
  /** What it is called where there is little room. */
  readonly short?: string
  readonly keys?: string
  readonly may: Permission
  /** Offered in the bar that appears with a selection. */
  readonly bulk?: boolean
  /** Means one record, not many. */
  readonly single?: boolean
  readonly run: (bench: Bench) => void
}

export const commandsOf = (verbs: readonly Verb[], bench: Bench): readonly Command[] =>
  verbs
    .filter(({ may }) => bench.may(may))
    .map((verb) => ({
      id: verb.id,
      label: verb.label,
      section: t('Records'),
      ...(verb.keys !== undefined && { keys: verb.keys }),
      when: () => applies(verb, bench),
      run: () => verb.run(bench),
    }))

export function applies({ may, single }: Verb, bench: Bench) {
  const { length } = bench.targets()
  return length > 0 && bench.may(may) && (single !== true || length === 1)
}

/** What is acted on, as a question calls it: the number of one, the count of many. */
export function nameOf({ targets, matching }: Bench) {
  const rows = targets()
  const [first] = rows
  const { some, all } = kindNamed(first?.kind ?? '') ?? records
  const whole = matching?.()
  if (whole) return t(all, { count: about(whole.count) })
  return rows.length === 1 ? (first?.number ?? '') : t(some, { count: rows.length })
}

const records = {
  some: text('{count, plural, one {# record} other {# records}}'),
  all: text('all {count} records'),
}

/** What is asked about is what is changed, though the cursor may move while the question is open. */
export function fixed(bench: Bench): Bench {
  const [targets, matching] = [bench.targets(), bench.matching?.()]
  return { ...bench, targets: () => targets, matching: () => matching }
}

export const isMany = ({ targets, matching }: Bench) => targets().length > 1 || matching?.() !== undefined
