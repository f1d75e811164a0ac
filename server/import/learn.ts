import type { z } from 'zod'
import type { CustomTo, Mapping, Target } from '#shared/import/mapping.ts'
import type { Recognised } from '#shared/import.ts'
import type { Cell } from '#shared/matrix.ts'
import {
  entriesOf,
  folded,
  guessColumns,
  guessLevel,
  guessPriority,
  guessResolution,
  guessSource,
  guessState,
} from './guess.ts'
import { nothing, type Seen, type SeenColumn } from './recognise.ts'

/** The mapping that a file speaks for: its columns by their names, its values by theirs, its order and its times. */
export function learn(seen: Seen, system = 'file'): Mapping {
  const columns = guessColumns(seen.head)
  const of = (target: Target) => seen.columns.find(({ name }) => name === columns[target])
  const updates = seen.again > 0 && columns.updatedAt !== undefined && columns.number !== undefined
  return {
    rows: updates ? 'updates' : 'records',
    order: orderIn(seen),
    system: isServiceNow(seen) ? 'servicenow' : system,
    organisation: 'Imported',
    zone: 'UTC',
    dates: seen.dates.order,
    unknown: [...nothing].filter((word) => word !== ''),
    columns,
    titleFrom: columns.title === undefined ? titleColumns(seen) : [],
    states: guessed(of('state'), guessState),
    impacts: guessed(of('impact'), guessLevel),
    urgencies: guessed(of('urgency'), guessLevel),
    priorities: guessed(of('priority'), guessPriority),
    sources: guessed(of('source'), guessSource),
    resolutions: guessed(of('resolution'), guessResolution),
    custom: seen.columns.flatMap((column) => customOf(column, seen, columns)).slice(0, 60),
    matrix: matrixOf(seen.priorities),
  }
}

/** By the columns that nobody else names so: two files of it, whatever they are called, are from one system. */
const isServiceNow = ({ head }: Seen) =>
  ['sysupdated', 'assignmentgroup', 'caller'].every((sign) => head.some((column) => folded(column).startsWith(sign)))

/** Rows that stand in the order of their times but for a few are as they were written; the source knows best. */
function orderIn({ again, backwards }: Seen): Mapping['order'] {
  if (backwards > again * 0.9) return 'newest-first'
  return backwards > again * 0.02 ? 'by-time' : 'as-written'
}

function guessed<T>(column: SeenColumn | undefined, guess: (value: string) => T | undefined): Record<string, T> {
  const words = [...(column?.values.keys() ?? [])].map((value) => [value, guess(value)] as const)
  return Object.fromEntries(words.flatMap(([value, to]) => (to === undefined ? [] : [[value, to] as const])))
}

/** What stands for a title where none was kept: what it was about, as finely as the file tells. */
function titleColumns({ head }: Seen) {
  const wanted = ['category', 'subcategory', 'symptom', 'usymptom', 'service']
  return wanted.flatMap((word) => head.filter((column) => folded(column) === word)).slice(0, 4)
}

/** Columns that follow from the history itself, and why nothing is lost when they are left out. */
const told: Readonly<Record<string, string>> = {
  active: 'it follows from the state',
  sysmodcount: 'the history counts its events itself',
}

/** The columns that become fields of their own: whatever holds something and is nothing else. */
function customOf(column: SeenColumn, seen: Seen, columns: Mapping['columns']): z.infer<typeof CustomTo>[] {
  if (whyLost(column, seen, columns) !== null) return []
  if (Object.values(columns).includes(column.name)) return []
  const bare = column.name.replace(/^(u|sys)_/i, '')
  const name = nameFor(bare)
  return [{ column: column.name, name, label: labelFor(bare), type: column.looks === 'empty' ? 'text' : column.looks }]
}

/** Why a column that is not mapped is left out by itself; null where it holds something to keep. */
export function whyLost(
  { name, filled, values, whole }: SeenColumn,
  { rows }: Pick<Seen, 'rows'>,
  columns: Mapping['columns'],
) {
  if (Object.values(columns).includes(name)) return null
  if (filled === 0) return 'it is empty throughout'
  const known = told[folded(name)]
  if (known !== undefined) return known
  const [only] = values.keys()
  return whole && values.size === 1 && filled === rows && rows > 1 ? `it says “${only}” in every row` : null
}

function nameFor(column: string) {
  const words = column
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g)
  const name =
    words
      ?.join('_')
      .replace(/^[^a-z]+/, '')
      .slice(0, 40) ?? ''
  const own = name === '' ? 'column' : name
  return reserved.has(own) ? `source_${own}`.slice(0, 40) : own
}

/** The names that records have of their own. */
const reserved: ReadonlySet<string> = new Set([
  'id',
  'kind',
  'number',
  'title',
  'state',
  'phase',
  'tags',
  'custom',
  'can',
  'constructor',
])

const labels: Readonly<Record<string, string>> = { made_sla: 'Made SLA', rfc: 'Change', caused_by: 'Caused by' }

function labelFor(column: string) {
  const text = labels[column.toLowerCase()] ?? column.replaceAll('_', ' ').trim().slice(0, 120)
  return text === '' ? 'Column' : text.charAt(0).toUpperCase() + text.slice(1)
}

/** The priority that most rows give to each impact and urgency. */
function matrixOf(counts: Seen['priorities']): z.infer<typeof Cell>[] {
  const best = new Map<string, { priority: number; rows: number }>()
  for (const [key, rows] of Object.entries(counts)) {
    const [impact = '', urgency = '', priority = ''] = key.split(' ')
    const cell = `${impact} ${urgency}`
    if (rows > (best.get(cell)?.rows ?? 0)) best.set(cell, { priority: Number(priority), rows })
  }
  return [...best]
    .map(([cell, { priority }]) => ({ impact: Number(cell[0]), urgency: Number(cell[2]), priority }))
    .toSorted((a, b) => a.impact - b.impact || a.urgency - b.urgency)
}

/** What the page shows of it: the columns with their commonest values, and what a person should look at. */
export function recognisedOf(seen: Seen): Recognised {
  const { type, charset, delimiter, rows, dates } = seen
  return {
    type,
    charset,
    delimiter,
    rows,
    columns: seen.columns.map(({ name, filled, values, whole, looks }) => ({
      name,
      filled,
      looks,
      distinct: whole ? values.size : null,
      values: [...values]
        .map(([value, count]) => ({ value, rows: count }))
        .toSorted((a, b) => b.rows - a.rows)
        .slice(0, 200),
    })),
    warnings: warningsOf(seen),
    datesUnsure: !dates.sure,
  }
}

const counted = (rows: number) => (rows === 1 ? 'One row' : `${rows} rows`)

function warningsOf({ broken, dates, backwards, again }: Seen) {
  return [
    ...(broken > 0 ? [`${counted(broken)} cannot be read; what cannot is left out and listed`] : []),
    ...(dates.sure ? [] : ['The times can be read day first or month first: choose before you start']),
    ...(backwards > 0 && backwards <= again * 0.02
      ? [
          `${counted(backwards)} ${backwards === 1 ? 'is' : 'are'} older than the one before of the same record; the order of the file is kept`,
        ]
      : []),
  ]
}

const wordsFor = {
  state: ['states', guessState],
  impact: ['impacts', guessLevel],
  urgency: ['urgencies', guessLevel],
  priority: ['priorities', guessPriority],
  source: ['sources', guessSource],
  resolution: ['resolutions', guessResolution],
} as const

/** A mapping with a guess for each value of its columns that it does not know yet; what was chosen stays. */
export function fillWords(mapping: Mapping, { columns }: Recognised): Mapping {
  const unknown = new Set(mapping.unknown)
  const filled = entriesOf<keyof typeof wordsFor, (typeof wordsFor)[keyof typeof wordsFor]>(wordsFor).map(
    ([target, [name, guess]]) => {
      const column = columns.find((one) => one.name === mapping.columns[target])
      const words = (column?.values ?? []).map(({ value }) => value).filter((value) => !unknown.has(value))
      const guesses = words.flatMap((value) => {
        const to = guess(value)
        return to === undefined ? [] : [[value, to] as const]
      })
      return [name, { ...Object.fromEntries(guesses), ...mapping[name] }] as const
    },
  )
  return { ...mapping, ...Object.fromEntries(filled) }
}
