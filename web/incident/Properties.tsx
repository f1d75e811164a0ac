import { Switch } from '@mantine/core'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { setConfidential } from '#shared/item/item.ts'
import { sourceNames, type Incident } from '#shared/incident.ts'
import { Initials } from '#web/core/Initials.tsx'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { useEdit } from '#web/incident/edit.tsx'
import { pickLevel, pickService, pickSource } from '#web/incident/pick.tsx'
import { levelName, levelsInWords } from '#web/incident/verbs.tsx'
import { openOverride } from '#web/incident/override.tsx'
import { attempt } from '#web/item/attempt.ts'
import { Vip } from '#web/item/columns.tsx'
import { CustomRows } from '#web/item/CustomRows.tsx'
import { ChoiceRow, None, PropertyRow, TextRow } from '#web/item/EditRow.tsx'
import { pickPerson } from '#web/item/people.tsx'
import { PriorityShape, priorityName } from '#web/item/Priority.tsx'
import { patchRow } from '#web/item/records.ts'
import type { Bench } from '#web/item/verbs.ts'
import styles from '#web/item/record.module.css'

interface PropertiesProps {
  incident: Incident
  bench: Bench
  run: (verb: string) => () => void
  folded?: boolean
}

/** What is known of an incident, each part changed where it stands. Beside a list, the rarer parts are folded. */
export function Properties({ incident, bench, run, folded = false }: PropertiesProps) {
  const offer = (act: Incident['can'][number], verb: string) => (incident.can.includes(act) ? run(verb) : undefined)
  const rare = <Rare incident={incident} bench={bench} />
  return (
    <>
      <dl className={styles.properties}>
        <ChoiceRow label={t('Assignee')} keys="a" onEdit={offer('assign', 'assign')}>
          <Initials name={incident.assignee?.name} quiet /> {incident.assignee?.name ?? <None>{t('Nobody')}</None>}
        </ChoiceRow>
        <ChoiceRow label={t('Team')} onEdit={offer('assign', 'assign')}>
          {incident.team?.name ?? <None />}
        </ChoiceRow>
        <PriorityRow incident={incident} onEdit={offer('edit', 'priority')} />
        <RequesterRow incident={incident} bench={bench} />
        <ServiceRow incident={incident} bench={bench} />
        <ChoiceRow label={t('Tags')} keys="l" onEdit={offer('edit', 'tags')}>
          <Tags tags={incident.tags} />
        </ChoiceRow>
        {!folded && rare}
      </dl>
      {folded && (
        <details>
          <summary className={styles.fold}>{t('All properties')}</summary>
          <dl className={styles.properties}>{rare}</dl>
        </details>
      )}
    </>
  )
}

function Rare({ incident, bench }: { incident: Incident; bench: Bench }) {
  return (
    <>
      <Levels incident={incident} />
      <Contact incident={incident} bench={bench} />
      <Where incident={incident} />
      <CustomRows record={incident} editable={incident.can.includes('edit')} />
      <Confidential incident={incident} bench={bench} />
      <PropertyRow label={t('Reported')}>
        <Ago at={incident.createdAt} long />
        {incident.openedBy &&
          incident.openedBy.id !== incident.requester.id &&
          ` ${t('by {names}', { names: incident.openedBy.name })}`}
      </PropertyRow>
      <Ending incident={incident} />
    </>
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
    <PropertyRow label={t('Priority')}>
      <div className={styles.together}>
        <ChoiceValue onEdit={onEdit}>
          <PriorityShape priority={priority} /> {priorityName(priority)}
          <span className={styles.quiet} title={levelsInWords(impact, urgency)}>
            {priorityReason === null ? `${impact}×${urgency}` : t('set by hand')}
          </span>
        </ChoiceValue>
        {can.includes('override_priority') && (
          <button type="button" className={styles.byHand} onClick={() => openOverride(incident)}>
            {t('Override')}
          </button>
        )}
      </div>
      {priorityReason !== null && <div className={styles.quiet}>{priorityReason}</div>}
    </PropertyRow>
  )
}

function ChoiceValue({ onEdit, children }: { onEdit: (() => void) | undefined; children: ReactNode }) {
  if (!onEdit) return <span className={styles.fixed}>{children}</span>
  return (
    <button type="button" className={styles.value} onClick={onEdit}>
      <span className="unseen">{t('Change: {label}', { label: t('Priority') })}</span>
      {children}
    </button>
  )
}

function Levels({ incident }: { incident: Incident }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit')
  const { impact, urgency } = incident
  const setImpact = () =>
    pickLevel(t('Impact'), impact, (level) => edit({ impact: level }, { impact: level }, { impact }))
  const setUrgency = () =>
    pickLevel(t('Urgency'), urgency, (level) => edit({ urgency: level }, { urgency: level }, { urgency }))
  return (
    <>
      <ChoiceRow label={t('Impact')} onEdit={may ? setImpact : undefined}>
        {levelName(impact)}
      </ChoiceRow>
      <ChoiceRow label={t('Urgency')} onEdit={may ? setUrgency : undefined}>
        {levelName(urgency)}
      </ChoiceRow>
    </>
  )
}

function RequesterRow({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit') && bench.may('people.read')
  const { requester } = incident
  const set = () =>
    pickPerson(t('Requester'), (person) =>
      edit({ requesterId: person.id }, { requester: person }, { requesterId: requester.id }),
    )
  return (
    <ChoiceRow label={t('Requester')} onEdit={may ? set : undefined}>
      {requester.name}
      {requester.vip && <Vip />}
      <span className={styles.quiet}>{incident.organisation.name}</span>
    </ChoiceRow>
  )
}

function ServiceRow({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const { service, can } = incident
  const set = () =>
    void pickService(bench.client, (chosen) =>
      edit({ serviceId: chosen?.id ?? null }, { service: chosen }, { serviceId: service?.id ?? null }),
    )
  return (
    <ChoiceRow label={t('Service')} onEdit={can.includes('edit') ? set : undefined}>
      {service?.name ?? <None />}
      {service && <span className={styles.quiet}>{t('tier {tier}', { tier: service.tier })}</span>}
    </ChoiceRow>
  )
}

function Contact({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit')
  const { contact } = incident
  const before = { contactId: contact?.id ?? null }
  const set = () =>
    pickPerson(t('Contact'), (person) => edit({ contactId: person.id }, { contact: person }, before), {
      clear: () => edit({ contactId: null }, { contact: null }, before),
    })
  return (
    <ChoiceRow label={t('Contact')} onEdit={may && bench.may('people.read') ? set : undefined}>
      {contact?.name ?? <None>{t('The requester')}</None>}
    </ChoiceRow>
  )
}

const typed = [
  ['callback', t('Call back')],
  ['category', t('Category')],
  ['configurationItem', t('Configuration')],
] as const

function Where({ incident }: { incident: Incident }) {
  const edit = useEdit(incident)
  const may = incident.can.includes('edit')
  const { source } = incident
  const setSource = () => pickSource(source, (next) => edit({ source: next }, { source: next }, { source }))
  return (
    <>
      {typed.map(([name, label]) => (
        <TextRow
          key={name}
          label={label}
          value={incident[name]}
          onSave={may ? (next) => edit({ [name]: next }, { [name]: next }, { [name]: incident[name] }) : undefined}
        />
      ))}
      <ChoiceRow label={t('Source')} onEdit={may ? setSource : undefined}>
        {t(sourceNames[source])}
      </ChoiceRow>
    </>
  )
}

function Confidential({ incident: { id, confidential }, bench }: { incident: Incident; bench: Bench }) {
  const may = useMay()
  const set = async (next: boolean) => {
    patchRow(bench.client, { id, confidential: next })
    const done = next
      ? t('Only its team, assignee and requester see it now')
      : t('Everyone who could before sees it again')
    if (await attempt(bench.client, setConfidential, { itemId: id, confidential: next }, done)) return
    patchRow(bench.client, { id, confidential })
  }
  return (
    <PropertyRow label={t('Confidential')}>
      <Switch
        size="xs"
        aria-label={t('Confidential')}
        checked={confidential}
        disabled={!may('item.work')}
        thumbIcon={confidential ? <Lock size={8} /> : undefined}
        onChange={(event) => void set(event.currentTarget.checked)}
      />
    </PropertyRow>
  )
}

const times = (count: number) => t('{count, plural, one {Once} other {# times}}', { count })

function Ending({ incident }: { incident: Incident }) {
  const { resolvedAt, resolvedBy, closedAt, reopenCount, reassignmentCount } = incident
  return (
    <>
      {resolvedAt !== null && (
        <PropertyRow label={t('Resolved')}>
          <Ago at={resolvedAt} long /> {resolvedBy && t('by {names}', { names: resolvedBy.name })}
        </PropertyRow>
      )}
      {closedAt !== null && (
        <PropertyRow label={t('Closed')}>
          <Ago at={closedAt} long />
        </PropertyRow>
      )}
      {reassignmentCount > 0 && <PropertyRow label={t('Reassigned')}>{times(reassignmentCount)}</PropertyRow>}
      {reopenCount > 0 && <PropertyRow label={t('Reopened')}>{times(reopenCount)}</PropertyRow>}
    </>
  )
}
