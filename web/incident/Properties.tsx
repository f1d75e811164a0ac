import { Button, Switch } from '@mantine/core'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { setConfidential } from '#shared/item/item.ts'
import type { Incident } from '#shared/incident.ts'
import { Initials } from '#web/core/Initials.tsx'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { useEdit } from '#web/incident/edit.tsx'
import { pickLevel, pickPerson, pickService, pickSource } from '#web/incident/pick.tsx'
import { levelWord } from '#web/incident/verbs.tsx'
import { openOverride } from '#web/incident/override.tsx'
import { attempt } from '#web/item/attempt.ts'
import { Vip } from '#web/item/columns.tsx'
import { CustomRows } from '#web/item/CustomRows.tsx'
import { ChoiceRow, None, PropertyRow, TextRow } from '#web/item/EditRow.tsx'
import { PriorityShape, priorityName } from '#web/item/Priority.tsx'
import type { Bench } from '#web/item/verbs.ts'
import styles from '#web/item/record.module.css'

interface PropertiesProps {
  incident: Incident
  bench: Bench
  run: (verb: string) => () => void
}

/** What is known of an incident, each part changed where it stands. */
export function Properties({ incident, bench, run }: PropertiesProps) {
  const offer = (act: Incident['can'][number], verb: string) => (incident.can.includes(act) ? run(verb) : undefined)
  return (
    <dl className={styles.properties}>
      <ChoiceRow label="Assignee" keys="a" onEdit={offer('assign', 'assign')}>
        <Initials name={incident.assignee?.name} quiet /> {incident.assignee?.name ?? <None>Nobody</None>}
      </ChoiceRow>
      <ChoiceRow label="Team" onEdit={offer('assign', 'assign')}>
        {incident.team?.name ?? <None />}
      </ChoiceRow>
      <PriorityRow incident={incident} onEdit={offer('edit', 'priority')} />
      <Levels incident={incident} />
      <Whom incident={incident} bench={bench} />
      <Where incident={incident} bench={bench} />
      <ChoiceRow label="Tags" keys="l" onEdit={offer('edit', 'tags')}>
        <Tags tags={incident.tags} />
      </ChoiceRow>
      <CustomRows record={incident} editable={incident.can.includes('edit')} />
      <Confidential incident={incident} bench={bench} />
      <PropertyRow label="Reported">
        <Ago at={incident.createdAt} long />
        {incident.openedBy && incident.openedBy.id !== incident.requester.id && ` by ${incident.openedBy.name}`}
      </PropertyRow>
      <Ending incident={incident} />
    </dl>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <None />
  return tags.map((tag) => (
    <span key={tag} className={styles.tag}>
      {tag}
    </span>
  ))
}

function PriorityRow({ incident, onEdit }: { incident: Incident; onEdit: (() => void) | undefined }) {
  const { impact, urgency, priority, priorityReason, can } = incident
  return (
    <PropertyRow label="Priority">
      <ChoiceValue onEdit={onEdit}>
        <PriorityShape priority={priority} /> {priorityName(priority)}
        <span className={styles.quiet} title={`Impact ${levelWord(impact)} × urgency ${levelWord(urgency)}`}>
          {priorityReason === null ? `${impact}×${urgency}` : 'set by hand'}
        </span>
      </ChoiceValue>
      {priorityReason !== null && <div className={styles.quiet}>{priorityReason}</div>}
      {can.includes('override_priority') && (
        <Button variant="subtle" size="compact-xs" onClick={() => openOverride(incident)}>
          {priorityReason === null ? 'Set by hand…' : 'Back to the matrix, or another…'}
        </Button>
      )}
    </PropertyRow>
  )
}

function ChoiceValue({ onEdit, children }: { onEdit: (() => void) | undefined; children: ReactNode }) {
  if (!onEdit) return <span className={styles.fixed}>{children}</span>
  return (
    <button type="button" className={styles.value} onClick={onEdit} aria-label="Change priority">
      {children}
    </button>
  )
}

function Levels({ incident }: { incident: Incident }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit')
  const { impact, urgency } = incident
  const setImpact = () => pickLevel('Impact', impact, (level) => edit({ impact: level }, { impact: level }, { impact }))
  const setUrgency = () =>
    pickLevel('Urgency', urgency, (level) => edit({ urgency: level }, { urgency: level }, { urgency }))
  return (
    <>
      <ChoiceRow label="Impact" onEdit={may ? setImpact : undefined}>
        {capital(levelWord(impact))}
      </ChoiceRow>
      <ChoiceRow label="Urgency" onEdit={may ? setUrgency : undefined}>
        {capital(levelWord(urgency))}
      </ChoiceRow>
    </>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function Whom({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit') && bench.may('people.read')
  const { requester, contact } = incident
  const setRequester = () =>
    pickPerson('Requester', (person) =>
      edit({ requesterId: person.id }, { requester: person }, { requesterId: requester.id }),
    )
  const setContact = () =>
    pickPerson(
      'Contact',
      (person) => edit({ contactId: person.id }, { contact: person }, { contactId: contact?.id ?? null }),
      () => edit({ contactId: null }, { contact: null }, { contactId: contact?.id ?? null }),
    )
  return (
    <>
      <ChoiceRow label="Requester" onEdit={may ? setRequester : undefined}>
        {requester.name}
        {requester.vip && <Vip />}
        <span className={styles.quiet}>{incident.organisation.name}</span>
      </ChoiceRow>
      <ChoiceRow label="Contact" onEdit={may ? setContact : undefined}>
        {contact?.name ?? <None>The requester</None>}
      </ChoiceRow>
      <TextRow
        label="Call back"
        value={incident.callback}
        onSave={may ? (callback) => edit({ callback }, { callback }, { callback: incident.callback }) : undefined}
      />
    </>
  )
}

function Where({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit')
  const { service, category, configurationItem, source } = incident
  const setService = () =>
    pickService(bench.client, (chosen) =>
      edit({ serviceId: chosen?.id ?? null }, { service: chosen }, { serviceId: service?.id ?? null }),
    )
  const setSource = () => pickSource(source, (next) => edit({ source: next }, { source: next }, { source }))
  return (
    <>
      <ChoiceRow label="Service" onEdit={may ? setService : undefined}>
        {service ? (
          <>
            {service.name} <span className={styles.quiet}>tier {service.tier}</span>
          </>
        ) : (
          <None />
        )}
      </ChoiceRow>
      <TextRow
        label="Category"
        value={category}
        onSave={may ? (next) => edit({ category: next }, { category: next }, { category }) : undefined}
      />
      <TextRow
        label="Configuration item"
        value={configurationItem}
        onSave={
          may
            ? (next) => edit({ configurationItem: next }, { configurationItem: next }, { configurationItem })
            : undefined
        }
      />
      <ChoiceRow label="Source" onEdit={may ? setSource : undefined}>
        {capital(source.replaceAll('_', ' '))}
      </ChoiceRow>
    </>
  )
}

function Confidential({ incident: { id, confidential }, bench }: { incident: Incident; bench: Bench }) {
  const may = useMay()
  const set = (next: boolean) =>
    void attempt(
      bench.client,
      setConfidential,
      { itemId: id, confidential: next },
      next ? 'Only its team, assignee and requester see it now' : 'Everyone who could before sees it again',
    )
  return (
    <PropertyRow label="Confidential">
      <Switch
        size="xs"
        aria-label="Confidential"
        checked={confidential}
        disabled={!may('item.work')}
        thumbIcon={confidential ? <Lock size={8} /> : undefined}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </PropertyRow>
  )
}

function Ending({ incident }: { incident: Incident }) {
  const { resolvedAt, resolvedBy, closedAt, reopenCount, reassignmentCount } = incident
  return (
    <>
      {resolvedAt !== null && (
        <PropertyRow label="Resolved">
          <Ago at={resolvedAt} long /> {resolvedBy && `by ${resolvedBy.name}`}
        </PropertyRow>
      )}
      {closedAt !== null && (
        <PropertyRow label="Closed">
          <Ago at={closedAt} long />
        </PropertyRow>
      )}
      {reassignmentCount > 0 && <PropertyRow label="Reassigned">{reassignmentCount} times</PropertyRow>}
      {reopenCount > 0 && <PropertyRow label="Reopened">{reopenCount} times</PropertyRow>}
    </>
  )
}
