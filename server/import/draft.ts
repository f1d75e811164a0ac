import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Mapping, StateTo, Target } from '#shared/import/mapping.ts'
import type { ResolutionCode, Source } from '#shared/incident.ts'
import { timeReader } from './dates.ts'

/** Somebody as a file names them. */
export interface Named {
  readonly name: string
  readonly email: string | null
}

/**
 * One row, read by its mapping and still without ids: what a record is after it, by whom and when. What no column says is
 * `undefined` and stays as it was; what a column says to be unknown is `null`.
 */
export interface Draft {
  readonly line: number
  readonly key: string
  readonly openedAt: string | null | undefined
  readonly openedBy: Named | null | undefined
  readonly updatedAt: string | null | undefined
  readonly updatedBy: Named | null | undefined
  readonly state: z.infer<typeof StateTo> | undefined
  readonly title: string
  readonly description: string | null | undefined
  readonly impact: number | null | undefined
  readonly urgency: number | null | undefined
  readonly priority: number | null | undefined
  readonly category: string | null | undefined
  readonly configurationItem: string | null | undefined
  readonly source: z.infer<typeof Source> | null | undefined
  readonly service: string | null | undefined
  readonly team: string | null | undefined
  readonly assignee: Named | null | undefined
  readonly requester: Named | null | undefined
  readonly organisation: string | null | undefined
  readonly resolvedAt: string | null | undefined
  readonly resolvedBy: Named | null | undefined
  readonly resolution: z.infer<typeof ResolutionCode> | null | undefined
  readonly closeCategory: string | null | undefined
  readonly resolutionNotes: string | null | undefined
  readonly closedAt: string | null | undefined
  readonly reassignmentCount: number | null | undefined
  readonly reopenCount: number | null | undefined
  readonly custom: Readonly<Record<string, string | number | boolean | null>>
}

export type Read = { readonly draft: Draft } | { readonly line: number; readonly problem: string }

/** A cell that does not say what its column is for. */
class Unreadable extends Error {}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** Reads rows by a mapping; a row that does not fit says which cell, and why. */
export function drafter(mapping: Mapping, head: readonly string[]) {
  const cells = cellReader(mapping, head)
  const read = readers(mapping, cells)
  return (row: Row): Read => {
    try {
      return { draft: draftOf(row, mapping, read) }
    } catch (error) {
      if (error instanceof Unreadable) return { line: row.line, problem: error.message }
      throw error
    }
  }
}

type Readers = ReturnType<typeof readers>

function draftOf(row: Row, mapping: Mapping, read: Readers): Draft {
  const key = read.line(row, 'number', 60)
  if (!key) throw new Unreadable('it has no number')
  const draft: Draft = {
    line: row.line,
    key,
    openedAt: read.time(row, 'openedAt'),
    openedBy: read.person(row, 'openedBy'),
    updatedAt: read.time(row, 'updatedAt'),
    updatedBy: read.person(row, 'updatedBy'),
    state: read.choice(row, 'state', mapping.states),
    title: read.title(row, key),
    description: read.text(row, 'description', 50_000),
    impact: read.choice(row, 'impact', mapping.impacts),
    urgency: read.choice(row, 'urgency', mapping.urgencies),
    priority: read.choice(row, 'priority', mapping.priorities),
    category: read.line(row, 'category', 120),
    configurationItem: read.line(row, 'configurationItem', 120),
    source: read.choice(row, 'source', mapping.sources),
    service: read.line(row, 'service', 120),
    team: read.line(row, 'team', 120),
    assignee: read.person(row, 'assignee'),
    requester: read.requester(row),
    organisation: read.line(row, 'organisation', 120),
    resolvedAt: read.time(row, 'resolvedAt'),
    resolvedBy: read.person(row, 'resolvedBy'),
    resolution: read.choice(row, 'resolution', mapping.resolutions),
    closeCategory: read.line(row, 'resolution', 120),
    resolutionNotes: read.text(row, 'resolutionNotes', 10_000),
    closedAt: read.time(row, 'closedAt'),
    reassignmentCount: read.count(row, 'reassignmentCount'),
    reopenCount: read.count(row, 'reopenCount'),
    custom: read.custom(row),
  }
  if (mapping.rows === 'updates' && !draft.updatedAt) throw new Unreadable('it does not say when it was updated')
  if (mapping.rows === 'records' && !draft.openedAt) throw new Unreadable('it does not say when it was opened')
  return draft
}

type Cells = ReturnType<typeof cellReader>

/** The cell of a target: undefined where no column is it, null where the source does not know. */
function cellReader({ columns, unknown }: Mapping, head: readonly string[]) {
  const places = new Map(head.map((name, at) => [name, at]))
  const blank = new Set(['', ...unknown])
  const at = ({ cells }: Row, column: string): string | null => {
    const cell = (cells[places.get(column) ?? -1] ?? '').trim()
    return blank.has(cell) ? null : cell
  }
  return {
    at,
    of: (row: Row, target: Target) => (columns[target] === undefined ? undefined : at(row, columns[target])),
  }
}

function readers(mapping: Mapping, { at, of }: Cells) {
  const time = timeReader(mapping.dates, mapping.zone)
  const columnOf = (target: Target) => mapping.columns[target] ?? target
  const timeIn = (cell: string, column: string) => {
    const read = time(cell)
    if (read === null) throw new Unreadable(`${column} is no time: ${shown(cell)}`)
    return read
  }
  const line = (row: Row, target: Target, most: number) => {
    const cell = of(row, target)
    return cell ? oneLine(cell, most) : cell
  }
  const person = (row: Row, target: Target): Named | null | undefined => {
    const cell = line(row, target, 120)
    if (!cell) return cell === undefined ? undefined : null
    return address.test(cell) ? { name: cell, email: cell.toLowerCase() } : { name: cell, email: null }
  }
  return {
    line,
    person,
    text: (row: Row, target: Target, most: number) => of(row, target)?.slice(0, most).toWellFormed(),
    time(row: Row, target: Target) {
      const cell = of(row, target)
      return cell ? timeIn(cell, columnOf(target)) : cell
    },
    title(row: Row, key: string) {
      const own = line(row, 'title', 200)
      if (own) return own
      const parts = mapping.titleFrom.map((column) => at(row, column)).filter((part) => part !== null)
      return parts.length > 0 ? oneLine(parts.join(', '), 200) : key
    },
    choice: <T>(row: Row, target: Target, words: Readonly<Record<string, T>>) =>
      choiceIn(of(row, target), words, columnOf(target)),
    count(row: Row, target: Target) {
      const cell = of(row, target)
      if (!cell) return cell === undefined ? undefined : null
      if (!/^\d{1,6}$/.test(cell)) throw new Unreadable(`${columnOf(target)} is no count: ${shown(cell)}`)
      return Number(cell)
    },
    requester(row: Row): Named | null | undefined {
      const [named, email] = [person(row, 'requester'), of(row, 'requesterEmail')?.toLowerCase()]
      if (!email) return named
      if (!address.test(email))
        throw new Unreadable(`${columnOf('requesterEmail')} is no e-mail address: ${shown(email)}`)
      return { name: named?.name ?? email, email }
    },
    custom: (row: Row) =>
      Object.fromEntries(
        mapping.custom.map(({ column, name, type }) => [name, customOf(at(row, column), { column, type, timeIn })]),
      ),
  }
}

const address = /^[^\s@<>()",;:]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,24}$/i

function choiceIn<T>(
  cell: string | null | undefined,
  words: Readonly<Record<string, T>>,
  column: string,
): T | null | undefined {
  if (cell === null || cell === undefined) return cell
  if (Object.hasOwn(words, cell)) return words[cell]
  throw new Unreadable(`${column} is ${shown(cell)}, which the mapping does not know`)
}

interface CustomCell {
  readonly column: string
  readonly type: Mapping['custom'][number]['type']
  readonly timeIn: (cell: string, column: string) => string
}

function customOf(cell: string | null, { column, type, timeIn }: CustomCell) {
  if (cell === null) return null
  if (type === 'text') return cell.slice(0, 5000).toWellFormed()
  if (type === 'time') return timeIn(cell, column)
  if (type === 'boolean') {
    if (/^(true|yes|1|y|wahr)$/i.test(cell)) return true
    if (/^(false|no|0|n|falsch)$/i.test(cell)) return false
    throw new Unreadable(`${column} is neither true nor false: ${shown(cell)}`)
  }
  const number = Number(cell.replace(',', '.'))
  if (!Number.isFinite(number) || Math.abs(number) > 1e15)
    throw new Unreadable(`${column} is no number: ${shown(cell)}`)
  return number
}

const lines = new Map<string, string>()

/** A cell as one line of text that can be shown anywhere. Most cells come again, so they are remembered. */
function oneLine(cell: string, most: number) {
  const known = lines.get(cell)
  if (known !== undefined && known.length <= most) return known
  const line = inOneLine(cell, most)
  if (lines.size > 20_000) lines.clear()
  if (cell.length <= Math.min(most, 100)) lines.set(cell, line)
  return line
}

const inOneLine = (cell: string, most: number) =>
  cell
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()

const shown = (cell: string) => `“${oneLine(cell, 60)}”`

/** Eight bytes that tell a row from any other of its record, whichever way its times and words were spelled. */
export function markOf({ line: _, ...said }: Draft) {
  return createHash('sha256').update(JSON.stringify(said)).digest().subarray(0, 8)
}
