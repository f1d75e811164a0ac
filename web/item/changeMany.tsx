import { verbOf } from '#shared/core/endpoint.ts'
import { previewBulk, startBulk } from '#shared/item/bulk.ts'
import { call } from '#web/core/api.ts'
import { openLayer } from '#web/core/layer.ts'
import { closePalette } from '#web/core/palette.ts'
import { BulkPreview } from '#web/item/BulkPreview.tsx'
import type { Change } from '#web/item/change.ts'
import { patchRow } from '#web/item/records.ts'
import { addBulk } from '#web/item/underway.ts'
import type { Bench } from '#web/item/verbs.ts'

/** So few are changed at once where all of them can be; the person is asked first about more, or where some cannot. */
const few = 20

/** Has the desk change many. What was expected of them stays on screen where nobody needs to be asked. */
export async function changeMany(bench: Bench, { label, verb, input, guess }: Change): Promise<void> {
  const { client } = bench
  const rows = bench.targets()
  const whole = bench.matching?.() !== undefined
  const bulk = { ...chosen(bench), verb: verbOf(verb), input }
  const start = async () => addBulk(client, await call(startBulk, { ...bulk, label }))
  const ask = whole || rows.length >= few
  const preview = ask ? null : await call(previewBulk, bulk)
  if (preview?.refused === 0) {
    await start()
    return
  }
  if (guess) for (const row of rows) patchRow(client, row)
  closePalette()
  openLayer(<BulkPreview label={label} bench={bench} bulk={bulk} start={start} />)
}

function chosen({ targets, matching }: Bench) {
  const rows = targets()
  const kind = rows[0]?.kind ?? ''
  const all = matching?.()
  return all ? { kind, filter: all.filter } : { kind, ids: rows.map(({ id }) => id) }
}
