import { holdReasonNames, levelNames, resolutionNames } from '#shared/incident.ts'
import type { CustomField } from '#shared/item/custom.ts'
import { text } from '#shared/core/message.ts'
import { t } from '#web/core/words.ts'
import type { Use } from '#web/admin/templates.ts'

export type FillValue = string | number | boolean | null

export interface Filled {
  readonly key: string
  readonly field: string
  readonly value: FillValue
}

export interface FillField {
  readonly name: string
  readonly label: string
  readonly start: FillValue
  readonly sort: 'text' | 'long' | 'number' | 'boolean' | 'choice' | 'service' | 'team' | 'person'
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
}

const named = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label: t(label) }))

const levels = named(levelNames)

const always: readonly FillField[] = [
  { name: 'title', label: t('Title'), start: '', sort: 'text' },
  { name: 'description', label: t('Description'), start: '', sort: 'long' },
  { name: 'impact', label: t('Impact'), start: 3, sort: 'number', choices: levels },
  { name: 'urgency', label: t('Urgency'), start: 3, sort: 'number', choices: levels },
  { name: 'serviceId', label: t('Service'), start: null, sort: 'service' },
  { name: 'category', label: t('Category'), start: '', sort: 'text' },
  { name: 'configurationItem', label: t('Configuration item'), start: '', sort: 'text' },
  { name: 'teamId', label: t('Team'), start: null, sort: 'team' },
  { name: 'assigneeId', label: t('Assignee'), start: null, sort: 'person' },
]

/** What only a record that is there already can be told. */
const onOpen: readonly FillField[] = [
  {
    name: 'state',
    label: t('State'),
    start: 'in_progress',
    sort: 'choice',
    choices: named({ in_progress: text('In progress'), waiting: text('Waiting'), resolved: text('Resolved') }),
  },
  { name: 'holdReason', label: t('Waiting for'), start: 'caller', sort: 'choice', choices: named(holdReasonNames) },
  { name: 'resolutionCode', label: t('Resolution'), start: 'fixed', sort: 'choice', choices: named(resolutionNames) },
  { name: 'resolutionNotes', label: t('Resolution notes'), start: '', sort: 'long' },
  { name: 'comment', label: t('Comment'), start: '', sort: 'long' },
  { name: 'note', label: t('Internal note'), start: '', sort: 'long' },
  { name: 'tags', label: t('Tags to add'), start: '', sort: 'text' },
]

/** The fields that a template or an action may fill in: those of the kind, and those that an administrator added. */
export const fillable = (use: Use, custom: readonly CustomField[]): readonly FillField[] => [
  ...always,
  ...(use === 'action' ? onOpen : []),
  ...custom.map(fieldOf),
]

function fieldOf({ name, label, type, options }: CustomField): FillField {
  const about = { name: `custom.${name}`, label }
  if (type === 'boolean') return { ...about, start: true, sort: 'boolean' }
  if (type === 'number') return { ...about, start: 0, sort: 'number' }
  if (type !== 'choice') return { ...about, start: '', sort: 'text' }
  return { ...about, start: null, sort: 'choice', choices: options.map((value) => ({ value, label: value })) }
}
