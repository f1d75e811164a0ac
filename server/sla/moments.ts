import type { FieldChange } from '#server/item/item.ts'
import type { Row } from '#shared/filter/evaluate.ts'
import { kindNamed } from '#shared/kinds.ts'

/** One event of a record's history, as far as a clock may depend on it. */
export interface Told {
  readonly seq: number
  readonly name: string
  readonly at: string
  readonly actorId: string | null
  /** Whether a person on the staff did it: neither the desk itself, nor a tool, nor a caller. */
  readonly byStaff: boolean
  readonly changes: readonly FieldChange[]
}

/** What a record refers to, as it was at an instant: the same object for as long as it stayed the same. */
export type Refs = (table: RefTable, id: string, at: number) => Row | null
export type RefTable = 'organisation' | 'service' | 'team' | 'person'

/** A record as it was left by all that happened to it at one instant. */
export interface Moment {
  readonly at: number
  readonly seq: number
  readonly event: string
  /** As the API shows it and filters read it. */
  readonly record: Row
  /** The names under which it differs from the moment before. */
  readonly changed: ReadonlySet<string>
}

/**
 * The moments of a history, whatever the order in which it is given and however often an event is in it. At an instant
 * a field has the value that the newest event by then, in the order in which they were recorded, has given it: so the last
 * moment is the record as it stands, also where the desk learned late of something.
 */
export function momentsOf(kind: string, history: readonly Told[], refs: Refs): Moment[] {
  const events = [...new Map(history.map((event) => [event.seq, event])).values()].toSorted((a, b) => a.seq - b.seq)
  const began = events[0] ? Date.parse(events[0].at) : 0
  const timed = events.map((event) => ({ event, at: Math.max(began, Date.parse(event.at)) }))
  const groups = Map.groupBy(
    timed.toSorted((a, b) => a.at - b.at || a.event.seq - b.event.seq),
    ({ at }) => at,
  )
  const fields: Values = new Map()
  let record: Row = {}
  let answered = false
  return [...groups].map(([at, group]) => {
    for (const { event } of group) {
      take(fields, event)
      answered ||= answers(event, fields)
    }
    const last = group.at(-1)!.event
    const before = record
    record = recordOf(kind, fields, { began, at, refs, answered })
    return { at, seq: last.seq, event: last.name, record, changed: differing(before, record) }
  })
}

type Values = Map<string, { readonly value: unknown; readonly seq: number }>

function take(fields: Values, { seq, changes }: Told) {
  for (const { field, after } of changes) {
    const known = fields.get(field)
    if (!known || known.seq <= seq) fields.set(field, { value: after, seq })
  }
}

const noAnswer: ReadonlySet<string> = new Set(['item.watched', 'item.unwatched', 'incident.bounced'])

/** Somebody on the staff has done something with it after it was opened; a caller who writes again does not answer. */
function answers({ seq, name, byStaff, actorId }: Told, fields: Values) {
  if (seq === 1 || !byStaff || noAnswer.has(name)) return false
  return !(name === 'item.commented' && actorId === fields.get('requesterId')?.value)
}

interface Around {
  readonly began: number
  readonly at: number
  readonly refs: Refs
  readonly answered: boolean
}

const tables: Readonly<Record<string, RefTable>> = {
  organisationId: 'organisation',
  teamId: 'team',
  serviceId: 'service',
}

function recordOf(kind: string, fields: Values, { began, at, refs, answered }: Around): Row {
  const record: Record<string, unknown> = { kind, answered, createdAt: new Date(began).toISOString() }
  const custom: Record<string, unknown> = {}
  for (const [name, { value }] of fields) {
    if (name.startsWith('custom.')) custom[name.slice('custom.'.length)] = value
    else if (!name.endsWith('Id')) record[name] = value
    else record[name.slice(0, -2)] = typeof value === 'string' ? refs(tables[name] ?? 'person', value, at) : null
  }
  return { ...record, custom, phase: kindNamed(kind)?.states[String(record['state'])]?.phase ?? 'open' }
}

/** What is under `custom` counts by its own name. */
function differing(before: Row, after: Row): Set<string> {
  const names = Object.keys(after).filter((name) => name !== 'custom' && before[name] !== after[name])
  const [was, is] = [rowAt(before, 'custom'), rowAt(after, 'custom')]
  const own = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => was[name] !== is[name])
  return new Set([...names, ...own.map((name) => `custom.${name}`)])
}

export function rowAt(row: Row, name: string): Row {
  const value = row[name]
  return isRow(value) ? value : {}
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null
