import { Lock } from 'lucide-react'
import type { CustomField } from '#shared/item/custom.ts'
import type { Row } from '#shared/records.ts'
import type { Field, Fields } from '#shared/filter/fields.ts'
import type { Column } from '#web/core/Grid.tsx'
import { Initials } from '#web/core/Initials.tsx'
import { Ago } from '#web/core/time.tsx'
import { Due } from '#web/item/Due.tsx'
import { useDrafted } from '#web/item/drafted.ts'
import { PriorityShape } from '#web/item/Priority.tsx'
import { State, stateLabel } from '#web/item/State.tsx'
import styles from './item.module.css'
import { t } from '#web/core/words.ts'

export const startingColumns = [
  'priority',
  'number',
  'title',
  'state',
  'requester',
  'team',
  'assignee',
  'dueAt',
  'updatedAt',
]

const drawn: Readonly<Record<string, Omit<Column<Row>, 'id' | 'label'>>> = {
  priority: { width: 34, sort: 'priority', quiet: true, cell: ({ priority }) => <PriorityShape priority={priority} /> },
  number: { width: 96, sort: 'number', cell: ({ number }) => <NumberLink number={number} /> },
  title: { sort: 'title', cell: (row) => <TitleCell row={row} /> },
  state: { width: 122, sort: 'state', from: 640, cell: ({ state, kind }) => <State state={state} kind={kind} /> },
  requester: { width: 160, sort: 'requester', from: 860, cell: ({ requester }) => <PersonCell person={requester} /> },
  team: { width: 140, sort: 'team', from: 1000, cell: ({ team }) => team?.name },
  assignee: { width: 36, sort: 'assignee', quiet: true, cell: ({ assignee }) => <Initials name={assignee?.name} /> },
  service: { width: 150, sort: 'service', from: 900, cell: ({ service }) => service?.name },
  organisation: { width: 150, sort: 'organisation', from: 900, cell: ({ organisation }) => organisation.name },
  dueAt: { width: 92, sort: 'dueAt', from: 560, cell: ({ dueAt }) => <Due at={dueAt} /> },
  updatedAt: { width: 70, sort: 'updatedAt', align: 'end', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
  createdAt: { width: 70, sort: 'createdAt', align: 'end', cell: ({ createdAt }) => <Ago at={createdAt} /> },
  tags: { width: 160, from: 900, cell: ({ tags }) => tags.join(', ') },
}

/** Labels that fit a narrow head; the others are named as everywhere. */
const shortLabels: Readonly<Record<string, string>> = { updatedAt: t('Upd'), createdAt: t('Age') }

const notShown = new Set(['description', 'version', 'phase', 'confidential', 'resolutionNotes'])

/** All columns that a list of a kind can show, in the order of its dictionary. */
export function columnsOf(fields: Fields): readonly Column<Row>[] {
  return Object.entries(fields)
    .filter(([name]) => !notShown.has(name))
    .map(([name, { label, sortable, values }]) => ({
      id: name,
      label: shortLabels[name] ?? t(label),
      ...(drawn[name] ?? {
        width: 130,
        from: 800,
        ...(sortable === true && { sort: name }),
        cell: (row: Row) => <PlainCell value={valueOf(row, name)} label={t(label)} choices={values} />,
      }),
    }))
}

/** The fields to ask for beyond those that every row has. */
export const furtherFields = (columns: readonly string[]) =>
  [
    ...new Set([
      ...needed,
      ...columns.filter((column) => drawn[column] === undefined && !column.startsWith('custom.')),
    ]),
  ].join(',')

/** What verbs need to know of a row, to take a change back. */
const needed = ['impact', 'urgency']

export const knownColumns = (names: readonly string[], custom: readonly CustomField[]) =>
  names.filter((name) => !name.startsWith('custom.') || custom.some((field) => `custom.${field.name}` === name))

const valueOf = (row: Row, name: string) => (name.startsWith('custom.') ? row.custom[name.slice(7)] : row[name])

const isTime = /^\d{4}-\d\d-\d\dT/

interface PlainCellProps {
  value: unknown
  label: string
  choices: Field['values']
}

function PlainCell({ value, label, choices }: PlainCellProps) {
  if (typeof value === 'string') return isTime.test(value) ? <Ago at={value} /> : choiceName(value, choices)
  if (typeof value === 'boolean') return value ? label : null
  if (typeof value === 'number') return value
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : null
}

function choiceName(value: string, choices: Field['values']) {
  const choice = choices?.find((one) => one.value === value)
  return choice ? t(choice.label) : value
}

/** Named `/t/…`, so that it opens in another tab as well; a plain click stays in the list. */
const NumberLink = ({ number }: { number: string }) => (
  <a href={`/t/${number}`} className={styles.number} tabIndex={-1}>
    {number}
  </a>
)

function TitleCell({ row: { id, title, tags, confidential, phase } }: { row: Row }) {
  return (
    <span className={styles.title} data-done={phase === 'done' || undefined} title={title}>
      <DraftMark itemId={id} />
      {title}
      {confidential && <Lock size={12} className={styles.mark} aria-label={t('Confidential')} />}
      {tags.slice(0, 3).map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}

/** One has begun to write something there. */
function DraftMark({ itemId }: { itemId: string }) {
  return useDrafted(itemId) && <span className={styles.draft}>{t('Draft')}</span>
}

const PersonCell = ({ person }: { person: Row['requester'] }) => (
  <>
    {person.name}
    {person.vip && <Vip />}
  </>
)

export const Vip = () => (
  <abbr className={styles.vip} title={t('Very important person: handle with care')} style={{ textDecoration: 'none' }}>
    VIP
  </abbr>
)

/** A record on a phone: its title, and in one line what else matters. */
export const drawCard = ({
  id,
  priority,
  title,
  number,
  state,
  kind,
  assignee,
  dueAt,
  updatedAt,
  tags,
  phase,
}: Row) => (
  <div className={styles.cardRow}>
    <PriorityShape priority={priority} />
    <div className={styles.cardText}>
      <div className={styles.title} data-done={phase === 'done' || undefined}>
        <DraftMark itemId={id} />
        {title}
      </div>
      <div>
        {number}&nbsp;· {stateLabel(state, kind)}&nbsp;· {assignee?.name ?? t('Unassigned')}
        {tags.length > 0 && <>&nbsp;· {tags.join(', ')}</>}
      </div>
    </div>
    {dueAt === null ? <Ago at={updatedAt} /> : <Due at={dueAt} />}
  </div>
)
