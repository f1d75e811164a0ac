import { createHash } from 'node:crypto'
import type { Certificate } from '#shared/import/certificate.ts'
import { isSame, type Event, type Moment, type Pair } from './compare.ts'
import type { Draft } from './draft.ts'

/** One record, as the file tells it and as its history does. */
export interface Case {
  readonly key: string
  readonly rows: readonly { readonly draft: Draft; readonly moment: Moment; readonly pairs: readonly Pair[] }[]
  readonly history: readonly Event[]
  readonly last: Moment
}

type Check = Certificate['checks'][number]
type Names =
  | 'updates'
  | 'values'
  | 'state'
  | 'priority'
  | 'groupChanges'
  | 'reopenCount'
  | 'madeSla'
  | 'resolvedAt'
  | 'closedAt'

const about: Readonly<Record<Names, string>> = {
  updates: 'Updates that are in the history at their own time and by their own person',
  values: 'Rows whose every mapped value is what the history says after them',
  state: 'Rows whose state is what the history says',
  priority: 'Rows whose priority is what the history says',
  groupChanges: 'Records whose changes of group, counted in the history, are as many as the source counted',
  reopenCount: 'Records that were reopened, by the history, as often as the source counted',
  madeSla: 'Records that made their service level or not, as the source says',
  resolvedAt: 'Records that were resolved when the source says',
  closedAt: 'Records that were closed when the source says',
}

const mostExplained = 1000

/** Counts what is equal, keeps why what is not is not, and hashes both sides on the way. */
export function tally() {
  const checks = new Map<Names, { equal: number; of: number; explained: { record: string; why: string }[] }>()
  const [source, result] = [createHash('sha256'), createHash('sha256')]
  const note = (name: Names, record: string, why: string | null) => {
    const check = checks.get(name) ?? { equal: 0, of: 0, explained: [] }
    checks.set(name, check)
    check.of += 1
    if (why === null) check.equal += 1
    else if (check.explained.length < mostExplained) check.explained.push({ record, why })
  }
  return {
    add(one: Case) {
      for (const { draft, pairs: all } of one.rows) {
        const pairs = all.filter(({ ahead }) => !ahead)
        const wrong = pairs.filter((pair) => !isSame(pair))
        const said = `${JSON.stringify([one.key, ...pairs.flatMap(({ name, said: its }) => [name, its])])}\n`
        source.update(said)
        if (wrong.length === 0) result.update(said)
        else result.update(`${JSON.stringify([one.key, ...pairs.flatMap(({ name, is }) => [name, is])])}\n`)
        noteRow(note, { key: one.key, line: draft.line, pairs, wrong })
      }
      noteRecord(note, one)
    },
    end() {
      const [before, after] = [source.digest('hex'), result.digest('hex')]
      const all = [...checks].map(([name, check]): Check => ({ name, about: about[name], ...check }))
      return { checks: all, hashes: { source: before, result: after, equal: before === after } }
    },
  }
}

type Note = (name: Names, record: string, why: string | null) => void

interface Row {
  readonly key: string
  readonly line: number
  readonly pairs: readonly Pair[]
  readonly wrong: readonly Pair[]
}

function noteRow(note: Note, { key, line, pairs, wrong }: Row) {
  const has = (name: string) => pairs.some((pair) => pair.name === name)
  const why = (...names: string[]) => {
    const those = names.length === 0 ? wrong : wrong.filter(({ name }) => names.includes(name))
    const told = those.map(({ name, said, is }) => `${name} is ${JSON.stringify(is)}, not ${JSON.stringify(said)}`)
    return those.length === 0 ? null : `line ${line}: ${told.join('; ')}`
  }
  if (has('updatedAt')) note('updates', key, why('updatedAt', 'updatedBy'))
  if (has('state')) note('state', key, why('state', 'holdReason'))
  if (has('priority')) note('priority', key, why('priority'))
  note('values', key, why())
}

function noteRecord(note: Note, one: Case) {
  const last = one.rows.at(-1)
  if (!last) return
  const { draft, pairs } = last
  if (typeof draft.reassignmentCount === 'number')
    note('groupChanges', one.key, whyGroups(one, draft.reassignmentCount))
  if (typeof draft.reopenCount === 'number') note('reopenCount', one.key, whyReopened(one, draft.reopenCount))
  for (const [check, name] of [
    ['resolvedAt', 'resolvedAt'],
    ['closedAt', 'closedAt'],
    ['madeSla', 'custom.made_sla'],
  ] as const) {
    const pair = pairs.find((its) => its.name === name)
    if (pair) note(check, one.key, whyOther(pair))
  }
}

function whyOther(pair: Pair) {
  if (isSame(pair)) return null
  const sum = `the record says ${JSON.stringify(pair.is)}, the source ${JSON.stringify(pair.said)}`
  return pair.ahead ? `${sum}, which is after its last update` : sum
}

export const groupChangesIn = (history: readonly Event[]) =>
  history.slice(1).filter(({ changes }) => changes.some(({ field }) => field === 'teamId')).length

const done: ReadonlySet<unknown> = new Set(['resolved', 'closed', 'cancelled'])

export const reopeningsIn = (history: readonly Event[]) =>
  history.filter(({ changes }) =>
    changes.some(({ field, before, after }) => field === 'state' && done.has(before) && !done.has(after)),
  )

function whyReopened({ history }: Case, logged: number) {
  const count = reopeningsIn(history).length
  return count === logged ? null : `the history has ${count} reopenings, the source counted ${logged}`
}

/** Where the source counted a change of group that none of its rows shows, the rows between which it happened. */
function whyGroups({ rows, history }: Case, logged: number) {
  const count = groupChangesIn(history)
  if (count === logged) return null
  const unseen = rows.flatMap(({ draft }, at) => {
    const before = rows[at - 1]?.draft
    const [was, is] = [before?.reassignmentCount ?? 0, draft.reassignmentCount ?? 0]
    if (!before || before.team !== draft.team || is <= was) return []
    const group = draft.team ?? 'no group'
    return [
      `between line ${before.line} and line ${draft.line} the count goes from ${was} to ${is} while it stays with ${group}`,
    ]
  })
  const sum = `the history shows ${changes(count)} of group, the source counted ${logged}`
  return unseen.length === 0
    ? sum
    : `${sum}: ${unseen.join('; ')}, so it was moved away and back without an update of its own`
}

const changes = (count: number) => (count === 1 ? 'one change' : `${count === 0 ? 'no' : count} changes`)
