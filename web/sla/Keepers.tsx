import { ActionIcon, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { keepCalendar, type Calendar } from '#shared/calendar.ts'
import { listOrganisations, listTeams } from '#shared/people.ts'
import { query, useAction } from '#web/core/api.ts'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import styles from './admin.module.css'

type Of = Calendar['uses'][number]['of']

const sorts: Readonly<Record<Of, string>> = {
  team: t('team'),
  organisation: t('organisation'),
  person: t('person'),
}

/** Who keeps a calendar: teams, customers and people. Whoever keeps none has the desk’s own. */
export function Keepers({ calendar: { id, uses } }: { calendar: Calendar }) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: organisations = [] } = useQuery(query(listOrganisations, {}))
  const { mutateAsync } = useAction(keepCalendar)
  const keep = (of: Of, whom: string | null, calendarId: string | null) => {
    if (whom !== null) void mutateAsync({ of, id: whom, calendarId }).catch(sayWrong)
  }
  const kept = new Set(uses.map((use) => use.id))
  const choices = (all: readonly { id: string; name: string; retired: boolean }[]) =>
    all.filter((one) => !one.retired && !kept.has(one.id)).map((one) => ({ value: one.id, label: one.name }))
  return (
    <section className={styles.keepers} aria-label={t('Who keeps it')}>
      <h2>{t('Who keeps it')}</h2>
      {uses.length > 0 && (
        <ul>
          {uses.map((use) => (
            <li key={use.id}>
              <span>
                {use.name} <span className={styles.hint}>{sorts[use.of]}</span>
              </span>
              <ActionIcon
                aria-label={t('{name} no longer keeps it', { name: use.name })}
                onClick={() => keep(use.of, use.id, null)}
              >
                <X size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Select
        label={t('A team')}
        searchable
        data={choices(teams)}
        value={null}
        onChange={(team) => keep('team', team, id)}
      />
      <Select
        label={t('An organisation')}
        searchable
        data={choices(organisations)}
        value={null}
        onChange={(organisation) => keep('organisation', organisation, id)}
      />
      <PersonPicker label={t('A person')} value={null} onChange={(person) => keep('person', person?.id ?? null, id)} />
    </section>
  )
}
