import { ActionIcon, Button, Checkbox, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { addTeam, changeTeam, listOrganisations, listTeams } from '#shared/people.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMay } from '#web/core/me.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/people/Beside.tsx'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import page from '#web/core/page.module.css'
import styles from './people.module.css'

type Team = Output<typeof listTeams>[number]

export function TeamsPage() {
  const { data: teams } = useSuspenseQuery(query(listTeams, {}))
  const may = useMay()
  const [open, setOpen] = useState<string>()
  const team = teams.find(({ id }) => id === open)
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
      {t('New team')}
    </Button>
  )
  return (
    <Page title={t('Teams')} beside={<Beside />} actions={may('people.manage') && add}>
      {teams.length === 0 ? (
        <Empty title={t('There are no teams yet')}>
          {t('A team takes on work: records are given to it, and its members see them.')}
        </Empty>
      ) : (
        <Teams teams={teams} open={setOpen} />
      )}
      {(team ?? open === 'new') && (
        <Panel title={team?.name ?? t('New team')} onClose={() => setOpen(undefined)}>
          <TeamForm key={open} team={team} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function Teams({ teams, open }: { teams: readonly Team[]; open: (id: string) => void }) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Team')}</th>
          <th scope="col">{t('Leads')}</th>
          <th scope="col">{t('Members')}</th>
          <th scope="col">{t('Serves')}</th>
        </tr>
      </thead>
      <tbody>
        {teams.map(({ id, name, description, members, organisations, retired }) => (
          <tr key={id} data-off={retired || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {name}
                <span className={page.sub}>{description}</span>
              </button>
              {retired && <span className={page.tag}>{t('Retired')}</span>}
            </td>
            <td data-label={t('Leads')}>
              {members
                .filter(({ lead }) => lead)
                .map((member) => member.name)
                .join(', ')}
            </td>
            <td data-label={t('Members')}>{members.length}</td>
            <td data-label={t('Serves')}>
              {organisations.length === 0 ? t('Everyone') : organisations.map((one) => one.name).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Member {
  readonly id: string
  readonly name: string
  readonly lead: boolean
}

const startOf = (team: Team | undefined): TeamValues => ({
  name: team?.name ?? '',
  description: team?.description ?? '',
  members: team?.members ?? [],
  organisationIds: team?.organisations.map(({ id }) => id) ?? [],
})

interface TeamValues {
  readonly name: string
  readonly description: string
  readonly members: readonly Member[]
  readonly organisationIds: readonly string[]
}

function TeamForm({ team, done }: { team: Team | undefined; done: () => void }) {
  const may = useMay()
  const form = useForm({
    start: startOf(team),
    endpoint: team ? changeTeam : addTeam,
    input: ({ members, organisationIds, ...rest }) => ({
      ...(team && { id: team.id }),
      ...rest,
      members: members.map(({ id, lead }) => ({ personId: id, lead })),
      organisationIds: [...organisationIds],
    }),
    done: () => {
      say(t('Saved'))
      done()
    },
  })
  return (
    <form {...form.bind} aria-label={team ? t('Change {name}', { name: team.name }) : t('New team')}>
      <fieldset disabled={!may('people.manage')} className={styles.bare}>
        <Stack gap="sm">
          <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
          <Textarea label={t('What it looks after')} autosize minRows={2} {...form.text('description')} />
          <Serves value={form.values.organisationIds} set={(organisationIds) => form.set({ organisationIds })} />
          <Members members={form.values.members} set={(members) => form.set({ members })} />
          {may('people.manage') && (
            <FormEnd form={form} label={t('Save')}>
              {team && <Retire team={team} done={done} />}
            </FormEnd>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}

function Serves({ value, set }: { value: readonly string[]; set: (ids: readonly string[]) => void }) {
  const { data: organisations } = useSuspenseQuery(query(listOrganisations, {}))
  return (
    <MultiSelect
      label={t('Serves')}
      description={t('Its members see the records of these organisations; of all, when none is named')}
      placeholder={value.length === 0 ? t('Everyone') : ''}
      searchable
      data={organisations.map(({ id, name }) => ({ value: id, label: name }))}
      value={[...value]}
      onChange={set}
    />
  )
}

function Members({ members, set }: { members: readonly Member[]; set: (members: readonly Member[]) => void }) {
  const change = (id: string, lead: boolean) => set(members.map((one) => (one.id === id ? { ...one, lead } : one)))
  return (
    <div>
      <PersonPicker
        label={t('Add a member')}
        placeholder={t('Name or e-mail address')}
        audience="staff"
        value={null}
        not={members.map(({ id }) => id)}
        onChange={(person) => person && set([...members, { id: person.id, name: person.name, lead: false }])}
      />
      <ul className={styles.members} aria-label={t('Members')}>
        {members.map(({ id, name, lead }) => (
          <li key={id}>
            <span>{name}</span>
            <Checkbox
              label={t('Lead')}
              aria-label={t('{name} leads the team', { name })}
              checked={lead}
              onChange={(event) => change(id, event.currentTarget.checked)}
            />
            <ActionIcon
              aria-label={t('Take {name} out of the team', { name })}
              onClick={() => set(members.filter((one) => one.id !== id))}
            >
              <X size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Retire({ team: { id, name, retired }, done }: { team: Team; done: () => void }) {
  const { mutateAsync, isPending } = useAction(changeTeam)
  const turn = async (to: boolean) => {
    try {
      await mutateAsync({ id, retired: to })
      say(to ? t('{name} is retired', { name }) : t('{name} is back', { name }), { undo: () => void turn(!to) })
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Button variant="default" loading={isPending} onClick={() => void turn(!retired)}>
      {retired ? t('Bring back') : t('Retire')}
    </Button>
  )
}
