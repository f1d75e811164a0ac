import type { ImportDetail } from '#shared/import.ts'
import { targets, type Mapping, type Target } from '#shared/import/mapping.ts'
import { holdReasonNames, incidentStates, levelNames, priorityNames, resolutionNames } from '#shared/incident.ts'
import { namesOf } from '#shared/access.ts'

export type Recognised = NonNullable<ImportDetail['recognised']>
export type Column = Recognised['columns'][number]

/** What a column of a file becomes: one of our fields, a part of the title, a field of its own, or nothing. */
export type Use = Target | 'title part' | 'field' | ''

export const uses: readonly { readonly value: Use; readonly label: string }[] = [
  { value: '', label: 'Not taken' },
  { value: 'field', label: 'A field of its own' },
  { value: 'title part', label: 'Part of the title' },
  ...namesOf(targets).map((value) => ({ value, label: targets[value] })),
]

export function usedAs({ columns, titleFrom, custom }: Mapping, column: string): Use {
  const target = namesOf(targets).find((name) => columns[name] === column)
  if (target) return target
  if (custom.some((one) => one.column === column)) return 'field'
  return titleFrom.includes(column) ? 'title part' : ''
}

/** The mapping with a column used otherwise; a field of ours has one column only, so another one gives it up. */
export function withUse(mapping: Mapping, { name, looks }: Column, use: Use): Mapping {
  const columns = Object.fromEntries(
    Object.entries(mapping.columns).filter(([target, column]) => column !== name && target !== use),
  )
  const custom = mapping.custom.filter(({ column }) => column !== name)
  const titleFrom = mapping.titleFrom.filter((column) => column !== name)
  const type = looks === 'empty' ? 'text' : looks
  if (use === 'title part') return { ...mapping, columns, custom, titleFrom: [...titleFrom, name].slice(0, 5) }
  if (use === 'field')
    return { ...mapping, columns, titleFrom, custom: [...custom, { column: name, ...fieldFor(name), type }] }
  return { ...mapping, columns: use === '' ? columns : { ...columns, [use]: name }, custom, titleFrom }
}

function fieldFor(column: string) {
  const words =
    column
      .toLowerCase()
      .normalize('NFKD')
      .match(/[a-z0-9]+/g) ?? []
  const name = words
    .join('_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
  return { name: name || 'column', label: column.slice(0, 120) }
}

/** The lists of values that a mapping translates, and what each can become. */
export type WordList = 'states' | 'impacts' | 'urgencies' | 'priorities' | 'sources' | 'resolutions'

interface Choice {
  readonly value: string
  readonly label: string
}

interface Words {
  readonly list: WordList
  readonly target: Target
  readonly title: string
  readonly choices: readonly Choice[]
}

const choicesOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label: /^\d$/.test(value) ? `${value} ${label}` : label }))

const states: readonly Choice[] = [
  ...Object.entries(incidentStates)
    .filter(([value]) => value !== 'waiting')
    .map(([value, { label }]) => ({ value, label })),
  ...Object.entries(holdReasonNames).map(([value, label]) => ({ value: `waiting ${value}`, label })),
  { value: 'none', label: 'Unknown: it stays as it was' },
]

const sources = {
  portal: 'Portal',
  phone: 'Phone',
  email: 'E-mail',
  walk_up: 'In person',
  chat: 'Chat',
  api: 'Another program',
  alert: 'Monitoring',
}

export const wordLists: readonly Words[] = [
  { list: 'states', target: 'state', title: 'States', choices: states },
  { list: 'priorities', target: 'priority', title: 'Priorities', choices: choicesOf(priorityNames) },
  { list: 'impacts', target: 'impact', title: 'Impact', choices: choicesOf(levelNames) },
  { list: 'urgencies', target: 'urgency', title: 'Urgency', choices: choicesOf(levelNames) },
  { list: 'sources', target: 'source', title: 'Sources', choices: choicesOf(sources) },
  { list: 'resolutions', target: 'resolution', title: 'Resolutions', choices: choicesOf(resolutionNames) },
]

/** What a value becomes, as the choice that stands for it; empty where the mapping does not know it. */
export function choiceFor(mapping: Mapping, list: WordList, value: string) {
  if (!Object.hasOwn(mapping[list], value)) return ''
  if (list !== 'states') return String(mapping[list][value])
  const to = mapping.states[value]
  return to ? [to.state, to.holdReason].filter((word) => word !== null).join(' ') : 'none'
}

/** The mapping with another choice for a value; the schema says whether it is one. */
export function withChoice(
  mapping: Mapping,
  list: WordList,
  { value, choice }: { value: string; choice: string },
): Mapping {
  return { ...mapping, [list]: { ...mapping[list], [value]: meaning(list, choice) } }
}

function meaning(list: WordList, choice: string) {
  if (list === 'states') {
    const [state, holdReason = null] = choice.split(' ')
    return choice === 'none' ? null : { state, holdReason }
  }
  return /^\d$/.test(choice) ? Number(choice) : choice
}

/** How many rows hold a value that nothing was chosen for. */
export function unchosen(mapping: Mapping, columns: readonly Column[]) {
  const unknown = new Set(mapping.unknown)
  return wordLists.flatMap(({ list, target, title }) => {
    const column = columns.find(({ name }) => name === mapping.columns[target])
    const missing = (column?.values ?? []).filter(
      ({ value }) => !unknown.has(value) && choiceFor(mapping, list, value) === '',
    )
    const rows = missing.reduce((sum, one) => sum + one.rows, 0)
    return rows > 0 ? [{ title, rows }] : []
  })
}
