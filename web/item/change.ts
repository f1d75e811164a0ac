import type { Endpoint, Input } from '#shared/core/endpoint.ts'
import type { Row } from '#shared/records.ts'
import { sayWrong } from '#web/core/toast.ts'
import { patchRow } from '#web/item/records.ts'
import { isMany, type Bench } from '#web/item/verbs.ts'

/** A change of records: by which verb, what to expect of it, and how to take it back from one. */
export interface Change extends Doing {
  readonly label: string
  readonly guess?: (row: Row) => Partial<Row>
  readonly unmake?: (row: Row) => Promise<unknown>
}

interface Doing {
  readonly verb: Endpoint
  readonly input: Readonly<Record<string, unknown>>
}

/** A verb, and its input beside the record that it is done to. */
export const doing = <E extends Endpoint>(verb: E, input: Omit<Input<E>, 'id' | 'itemId'>): Doing => ({
  verb,
  input: { ...input },
})

/** Change all targets: one at once, many by the desk, one after the other. Tells whether one was changed. */
export async function change(bench: Bench, wanted: Change): Promise<boolean> {
  const rows = bench.targets()
  const [row] = rows
  if (!row) return false
  const { guess } = wanted
  // What is expected shows at once, before what carries it out is loaded.
  if (guess) for (const one of rows) patchRow(bench.client, { id: one.id, ...guess(one) })
  try {
    if (!isMany(bench)) await (await import('#web/item/changeOne.ts')).changeOne(bench, row, wanted)
    else await (await import('#web/item/changeMany.tsx')).changeMany(bench, wanted)
    return true
  } catch (error) {
    if (guess) for (const one of rows) patchRow(bench.client, one)
    sayWrong(error)
    return false
  }
}
