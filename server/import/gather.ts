import type { Mapping } from '#shared/import/mapping.ts'
import { markOf, type Draft, type drafter } from './draft.ts'
import { mostUpdates, type Group, type Rejection } from './stage.ts'

/** A record as its rows tell it, in the order of its history; each with the mark by which it is known again. */
export interface Gathered {
  readonly key: string
  readonly drafts: readonly Marked[]
}

export interface Marked {
  readonly draft: Draft
  readonly mark: string
}

type Drafter = ReturnType<typeof drafter>

/** Reads the rows of one record; those that do not fit the mapping are left out, and told. */
export function gather({ key, rows }: Group, mapping: Mapping, read: Drafter) {
  const rejected: Rejection[] = []
  const drafts: Draft[] = []
  for (const row of rows.slice(0, mostUpdates)) {
    const found = read(row)
    if ('draft' in found) drafts.push(found.draft)
    else rejected.push({ line: found.line, reason: found.problem, cells: row.cells })
  }
  const beyond = rows[mostUpdates]
  if (beyond)
    rejected.push({ line: beyond.line, reason: `${key} has more than ${mostUpdates} updates; the rest is left out` })
  const single = mapping.rows === 'records' ? drafts.slice(0, 1) : inOrder(drafts, mapping.order)
  if (mapping.rows === 'records')
    for (const { line } of drafts.slice(1))
      rejected.push({ line, reason: `${key} stands in line ${drafts[0]!.line} already` })
  const marked = single.map((draft) => ({ draft, mark: markOf(draft).toString('hex') }))
  return { gathered: { key, drafts: marked } satisfies Gathered, rejected }
}

function inOrder(drafts: Draft[], order: Mapping['order']) {
  if (order === 'as-written') return drafts
  if (order === 'newest-first') return drafts.toReversed()
  return drafts.toSorted((a, b) => timeOf(a) - timeOf(b) || a.line - b.line)
}

const timeOf = ({ updatedAt }: Draft) => Date.parse(updatedAt ?? '')

/** Parts what is new from what is in the history already; history is never rewritten, so late rows are turned away. */
export function unknownOf({ key, drafts }: Gathered, known: readonly string[], updates: boolean) {
  const left = new Map<string, number>()
  for (const mark of known) left.set(mark, (left.get(mark) ?? 0) + 1)
  const fresh: Marked[] = []
  const late: Marked[] = []
  let matched = 0
  for (const one of drafts) {
    const count = left.get(one.mark) ?? 0
    if (count === 0) fresh.push(one)
    else {
      matched += 1
      left.set(one.mark, count - 1)
      if (updates) late.push(...fresh.splice(0))
    }
  }
  if (updates && known.length > 0 && matched === 0) {
    const reason = `${key} is here with another past, read by another mapping; its history stays as it is`
    return { fresh: [], rejected: drafts.map(({ draft: { line } }) => ({ line, reason })) }
  }
  const reason = `${key} has later updates in its history already; what came before them is not put in afterwards`
  return { fresh, rejected: late.map(({ draft: { line } }) => ({ line, reason })) }
}

export const marksIn = (rows: Buffer) =>
  Array.from({ length: rows.length / markLength }, (_, at) =>
    rows.subarray(at * markLength, (at + 1) * markLength).toString('hex'),
  )

const markLength = 8
export const bufferOf = (marks: readonly string[]) => Buffer.from(marks.join(''), 'hex')
