import type { Ctx } from '#server/core/desk.ts'
import { customFields } from '#server/item/item.ts'
import { targets, type Mapping, type Target } from '#shared/import/mapping.ts'
import type { ImportDetail } from '#shared/import.ts'
import { drafter, type Draft, type Named } from './draft.ts'
import { wrongFields } from './fields.ts'
import { entriesOf } from './guess.ts'
import { learn, recognisedOf } from './learn.ts'
import { recognise } from './recognise.ts'
import { wholeRun, type Sample } from './runs.ts'
import type { Source } from './source.ts'
import { openTable } from './table.ts'

/** What one reading of a file tells of it, and the mapping that it speaks for. */
export async function look(source: Source, systemName: string) {
  const table = await openTable(source)
  const seen = await recognise(table)
  const rows = seen.sample.map((row) =>
    'cells' in row ? { ...row, cells: row.cells.map((cell) => cell.slice(0, longest)) } : row,
  )
  const sample: Sample = { head: seen.head, rows }
  return { table, seen, sample, recognised: recognisedOf(seen), mapping: learn(seen, systemName) }
}

const longest = 500

/** Notes what was seen in a file, and how it is to be read. */
export function noteLook(
  { db }: Ctx,
  id: string,
  { recognised, mapping, sample }: Pick<Awaited<ReturnType<typeof look>>, 'recognised' | 'mapping' | 'sample'>,
) {
  return db
    .updateTable('importRun')
    .set({ state: 'ready', recognised, mapping, sample })
    .where('id', '=', id)
    .where('state', 'in', ['reading', 'ready'])
    .execute()
}

/** What a mapping still lacks to be of use for a file with these columns. */
export async function wrongIn(ctx: Ctx, mapping: Mapping, head: readonly string[]): Promise<string[]> {
  const { columns, rows, titleFrom, custom } = mapping
  const needed: Target[] = rows === 'updates' ? ['number', 'updatedAt'] : ['number', 'openedAt']
  const lacking = needed.filter((target) => columns[target] === undefined)
  const named = [...Object.values(columns), ...titleFrom, ...custom.map(({ column }) => column)]
  const absent = [...new Set(named.filter((column) => !head.includes(column)))]
  const names = custom.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) < at)
  return [
    ...lacking.map((target) => `Choose the column for “${targets[target]}”`),
    ...absent.map((column) => `The file has no column “${column}”`),
    ...(twice === undefined ? [] : [`Two columns would become the field ${twice}`]),
    ...(await wrongFields(ctx, mapping)),
  ]
}

/** An import as the page shows it. */
export async function detailOf(ctx: Ctx, id: string): Promise<ImportDetail> {
  const { run, recognised, mapping, certificate, sample } = await wholeRun(ctx, id)
  const fields = await customFields(ctx, 'incident')
  const labels = new Map([...fields, ...(mapping?.custom ?? [])].map(({ name, label }) => [name, label]))
  return {
    ...run,
    recognised,
    mapping,
    certificate,
    preview: mapping && run.state === 'ready' ? previewOf(mapping, sample, labels) : [],
    wrong: mapping && run.state === 'ready' ? await wrongIn(ctx, mapping, sample.head) : [],
  }
}

function previewOf(mapping: Mapping, { head, rows }: Sample, labels: ReadonlyMap<string, string>) {
  const read = drafter(mapping, head)
  return rows.map((row) => {
    if ('broken' in row) return { line: row.line, problem: row.broken, fields: [] }
    const found = read(row)
    if ('problem' in found) return { line: row.line, problem: found.problem, fields: [] }
    return { line: row.line, problem: null, fields: fieldsOf(found.draft, labels) }
  })
}

function fieldsOf(draft: Draft, labels: ReadonlyMap<string, string>) {
  const told = entriesOf<Target, string>(targets).flatMap(([target, label]) => {
    if (target === 'requesterEmail') return []
    const value = target === 'number' ? draft.key : draft[target]
    return value === undefined ? [] : [{ label, value: worded(value) }]
  })
  const own = Object.entries(draft.custom).map(([name, value]) => ({
    label: labels.get(name) ?? name,
    value: worded(value),
  }))
  return [...told, ...own].filter(({ value }) => value !== '')
}

function worded(value: Draft[keyof Draft] | Draft['custom'][string]): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return timeInWords(String(value))
  if (isState(value))
    return [value.state, value.holdReason]
      .filter((word) => word !== null)
      .join(', ')
      .replaceAll('_', ' ')
  return isNamed(value) ? [value.name, value.email === null ? '' : `<${value.email}>`].join(' ').trim() : ''
}

const timeInWords = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? `${text.slice(0, 16).replace('T', ' ')} UTC` : text

const isState = (value: object): value is NonNullable<Draft['state']> => 'state' in value
const isNamed = (value: object): value is Named => 'name' in value && 'email' in value
