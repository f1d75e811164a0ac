import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { listOrganisations, listTeams } from '#shared/people.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/people/Beside.tsx'
import { NewPerson } from '#web/people/NewPerson.tsx'
import { PeopleList } from '#web/people/PeopleList.tsx'
import { PersonPanel } from '#web/people/PersonPanel.tsx'
import { readPeopleSearch, type PeopleSearch } from '#web/people/search.ts'
import page from '#web/core/page.module.css'

export function PeoplePage() {
  const search = useSearch({ from: '/staff/people' })
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const go = useGo()
  return (
    <Page
      title={t('People')}
      beside={<Beside />}
      actions={
        may('people.manage') && (
          <Button leftSection={<UserPlus size={16} />} onClick={() => setAdding(true)}>
            {t('Invite')}
          </Button>
        )
      }
    >
      <Filters search={search} go={go} />
      <PeopleList search={search} open={(person) => go({ person }, false)} />
      {search.person !== undefined && <PersonPanel id={search.person} close={() => go({ person: '' }, false)} />}
      {adding && <NewPerson close={() => setAdding(false)} />}
    </Page>
  )
}

type Go = (change: Record<string, string | null>, replace?: boolean) => void

function useGo(): Go {
  const navigate = useNavigate({ from: '/people' })
  return (change, replace = true) =>
    void navigate({ search: (before) => readPeopleSearch({ ...before, ...change }), replace })
}

const audiences = [
  { value: 'staff', label: t('Staff') },
  { value: 'requester', label: t('Requesters') },
]

const actives = [
  { value: 'true', label: t('Active') },
  { value: 'false', label: t('Deactivated') },
  { value: 'any', label: t('All') },
]

const named = (all: readonly { id: string; name: string }[]) => all.map(({ id, name }) => ({ value: id, label: name }))

function Filters({ search, go }: { search: PeopleSearch; go: Go }) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: organisations = [] } = useQuery(query(listOrganisations, {}))
  const [text, setText] = useState(search.q ?? '')
  const ask = useDebouncedCallback((q: string) => go({ q }), 200)
  return (
    <search className={page.filters}>
      <TextInput
        label={t('Find')}
        placeholder={t('Name or e-mail address')}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value)
          ask(value)
        }}
      />
      <Select
        label={t('Organisation')}
        placeholder={t('Any')}
        searchable
        clearable
        data={named(organisations)}
        value={search.organisation ?? null}
        onChange={(organisation) => go({ organisation })}
      />
      <Select
        label={t('Team')}
        placeholder={t('Any')}
        searchable
        clearable
        data={named(teams)}
        value={search.team ?? null}
        onChange={(team) => go({ team })}
      />
      <Select
        label={t('Side')}
        placeholder={t('Both')}
        clearable
        w={140}
        data={audiences}
        value={search.audience ?? null}
        onChange={(audience) => go({ audience })}
      />
      <Select
        label={t('Access')}
        w={140}
        allowDeselect={false}
        data={actives}
        value={search.active ?? 'true'}
        onChange={(active) => go({ active })}
      />
    </search>
  )
}
