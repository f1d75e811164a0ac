import type { FieldChange } from './happen.ts'

/** A record's fields as its history tells them; custom fields lie together under `custom`. */
export type Replayed = Readonly<Record<string, unknown>>

/** What a record must be, from its events alone: each field has the value that was last given to it. */
export function replay(history: readonly { readonly changes: unknown }[]): Replayed {
  const fields: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const { changes } of history) {
    for (const { field, after } of changes as FieldChange[]) {
      if (!field.startsWith('custom.')) fields[field] = after
      else if (after === null) delete custom[field.slice('custom.'.length)]
      else custom[field.slice('custom.'.length)] = after
    }
  }
  const sorted = Object.entries(custom).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
  return { ...fields, custom: Object.fromEntries(sorted) }
}
