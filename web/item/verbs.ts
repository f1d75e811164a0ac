import type { QueryClient } from '@tanstack/react-query'
import type { Permission } from '#shared/access.ts'
import { kindNamed } from '#shared/kinds.ts'
import type { Row } from '#shared/records.ts'
import type { Me } from '#shared/session.ts'
import { readAgain } from '#web/core/api.ts'
import type { Command } from '#web/core/keys.ts'
import { doToEach, type Undo } from '#web/item/bulk.ts'
import { patchRow } from '#web/item/records.ts'

/** Where verbs act: on the selection, the row under the cursor, or the record that is open. */
export interface Bench {
  readonly client: QueryClient
  readonly me: Me
  readonly may: (permission: Permission) => boolean
  readonly targets: () => readonly Row[]
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
      section: 'Records',
      ...(verb.keys !== undefined && { keys: verb.keys }),
      when: () => applies(verb, bench),
      run: () => verb.run(bench),
    }))

export function applies({ may, single }: Verb, bench: Bench) {
  const { length } = bench.targets()
  return length > 0 && bench.may(may) && (single !== true || length === 1)
}

/** What the targets are called in a question: the number of one, the count of many. */
export const nameOf = (targets: readonly Row[]) =>
  targets.length === 1 ? (targets[0]?.number ?? '') : `${targets.length} ${pluralOf(targets)}`

const pluralOf = ([first]: readonly Row[]) => (kindNamed(first?.kind ?? '')?.plural ?? 'records').toLowerCase()

/** What is asked about is what is changed, though the cursor may move while the question is open. */
export function fixedTargets(bench: Bench): Bench {
  const targets = bench.targets()
  return { ...bench, targets: () => targets }
}

/** A change of one record: what to expect of it, how to make it, and how to take it back. */
export interface Change {
  readonly label: string
  readonly guess?: (row: Row) => Partial<Row>
  readonly make: (row: Row) => Promise<{ readonly id: string } | { readonly done: true }>
  readonly unmake?: (row: Row) => Promise<unknown>
}

/** Change all targets. Lists show what is expected at once, and what was refused as it was. */
export async function change({ client, targets }: Bench, { label, guess, make, unmake }: Change) {
  const done = await doToEach(label, targets(), async (row): Promise<Undo | undefined> => {
    if (guess) patchRow(client, { id: row.id, ...guess(row) })
    try {
      const answer = await make(row)
      if ('id' in answer) patchRow(client, answer)
    } catch (error) {
      if (guess) patchRow(client, row)
      throw error
    }
    return unmake && (() => unmake(row).then(() => readAgain(client)))
  })
  void readAgain(client)
  return done
}
