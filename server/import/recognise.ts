import type { Recognised } from '#shared/import.ts'
import { looksLikeTime, noEvidence, orderOf, timeReader, weigh, type Evidence } from './dates.ts'
import type { Row } from './delimited.ts'
import { guessColumns, guessLevel, guessPriority } from './guess.ts'
import type { Table } from './table.ts'

/** Everything that one reading of a file tells about it, before a mapping is made of it. */
export interface Seen {
  readonly type: Recognised['type']
  readonly charset: string
  readonly delimiter: string
  readonly head: readonly string[]
  readonly rows: number
  readonly broken: number
  readonly columns: readonly SeenColumn[]
  readonly dates: ReturnType<typeof orderOf>
  /** How many rows are of a record that had one already, and how many of those are older than the one before. */
  readonly again: number
  readonly backwards: number
  /** How often each impact and urgency came with each priority, as `impact urgency priority`. */
  readonly priorities: Readonly<Record<string, number>>
  readonly sample: readonly Row[]
}

export interface SeenColumn {
  readonly name: string
  readonly filled: number
  readonly values: ReadonlyMap<string, number>
  readonly whole: boolean
  readonly looks: Recognised['columns'][number]['looks']
}

interface Counting {
  readonly name: string
  filled: number
  values: Map<string, number>
  whole: boolean
  time: number
  number: number
  boolean: number
}

const mostValues = 300
const sampleSize = 8
const mostKeys = 500_000

/** What stands in files where the program that wrote them did not know. */
export const nothing: ReadonlySet<string> = new Set(['', '?', 'null', 'NULL', 'N/A', 'n/a', '-', 'None'])

/** Reads a file once and counts what is in it; memory does not grow with its length. */
export async function recognise(table: Table, read?: (bytes: number) => void): Promise<Seen> {
  const columns = table.head.map(counting)
  const evidence = noEvidence()
  const guessed = guessColumns(table.head)
  const at = (name: string | undefined) => (name === undefined ? -1 : table.head.indexOf(name))
  const cross = crossing(at(guessed.impact), at(guessed.urgency), at(guessed.priority))
  const repeats = repeating(at(guessed.number), at(guessed.updatedAt), evidence)
  const sample: Row[] = []
  let [rows, broken] = [0, 0]
  for await (const row of table.rows(read)) {
    rows += 1
    if (sample.length < sampleSize) sample.push(row)
    if ('broken' in row) {
      broken += 1
      continue
    }
    for (const [place, column] of columns.entries()) count(column, row.cells[place] ?? '', evidence)
    cross.see(row.cells)
    repeats.see(row.cells)
  }
  const { type, charset, delimiter, head } = table
  return {
    type,
    charset,
    delimiter,
    head,
    rows,
    broken,
    sample,
    columns: columns.map(seen),
    dates: orderOf(evidence),
    ...repeats.told(),
    priorities: cross.counts,
  }
}

const counting = (name: string): Counting => {
  const nothingYet = { filled: 0, whole: true, time: 0, number: 0, boolean: 0 }
  return { name, values: new Map(), ...nothingYet }
}

function count(column: Counting, cell: string, evidence: Evidence) {
  const value = cell.trim()
  if (nothing.has(value)) return
  column.filled += 1
  const looks = looksLike(value)
  if (looks === 'time') weigh(evidence, value)
  if (looks !== 'text') column[looks] += 1
  const known = column.values.get(value)
  if (known !== undefined) column.values.set(value, known + 1)
  else if (column.values.size < mostValues && value.length <= 200) column.values.set(value, 1)
  else column.whole = false
}

type Looks = 'time' | 'number' | 'boolean' | 'text'
const looked = new Map<string, Looks>()

/** The same values come again and again, so what they look like is remembered. */
function looksLike(value: string): Looks {
  const known = looked.get(value)
  if (known !== undefined) return known
  const looks = looksAt(value)
  if (looked.size > 20_000) looked.clear()
  if (value.length <= 100) looked.set(value, looks)
  return looks
}

function looksAt(value: string): Looks {
  if (looksLikeTime(value)) return 'time'
  if (/^-?\d{1,15}([.,]\d+)?$/.test(value)) return 'number'
  return /^(true|false|yes|no)$/i.test(value) ? 'boolean' : 'text'
}

function seen({ name, filled, values, whole, ...counts }: Counting): SeenColumn {
  return { name, filled, values, whole, looks: looksOf(filled, counts) }
}

/** A few cells that do not fit are broken rows; many are another sort of column. */
function looksOf(filled: number, counts: Readonly<Record<'time' | 'number' | 'boolean', number>>) {
  if (filled === 0) return 'empty'
  const most = (['time', 'number', 'boolean'] as const).find((looks) => counts[looks] > filled * 0.9)
  return most ?? 'text'
}

function crossing(impact: number, urgency: number, priority: number) {
  const counts: Record<string, number> = {}
  return {
    counts,
    see(cells: readonly string[]) {
      const key = [
        guessLevel(cells[impact] ?? ''),
        guessLevel(cells[urgency] ?? ''),
        guessPriority(cells[priority] ?? ''),
      ]
      if (!key.includes(undefined)) counts[key.join(' ')] = (counts[key.join(' ')] ?? 0) + 1
    },
  }
}

/** Watches whether records come more than once, and whether their rows stand in the order of their times. */
function repeating(number: number, updated: number, evidence: Evidence) {
  const last = new Map<string, string>()
  let [again, backwards] = [0, 0]
  const read = { dmy: timeReader('dmy', 'UTC'), mdy: timeReader('mdy', 'UTC'), ymd: timeReader('ymd', 'UTC') }
  return {
    see(cells: readonly string[]) {
      const key = trimmed(cells, number)
      if (key === '') return
      const before = last.get(key)
      const time = read[orderOf(evidence).order](trimmed(cells, updated)) ?? before ?? ''
      if (before === undefined && last.size >= mostKeys) return
      if (before !== undefined) again += 1
      if (before !== undefined && time < before) backwards += 1
      last.set(key, time)
    },
    told: () => ({ again, backwards }),
  }
}

const trimmed = (cells: readonly string[], at: number) => cells[at]?.trim() ?? ''
