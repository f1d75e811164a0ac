import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { listPeople, type Person } from '#shared/people.ts'
import { call } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { Empty } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import type { PeopleSearch } from '#web/people/search.ts'
import page from '#web/core/page.module.css'
import styles from './people.module.css'

/** People by name, some at a time. */
export function PeopleList({ search, open }: { search: PeopleSearch; open: (id: string) => void }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = usePeople(search)
  if (error) throw error
  if (isPending) return <output className={page.quiet}>{t('Loading…')}</output>
  const people = data.pages.flatMap((one) => one.people)
  if (people.length === 0) {
    return <Empty title={t('Nobody is like that')}>{t('Take a filter away, or invite somebody.')}</Empty>
  }
  return (
    <>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('Name')}</th>
            <th scope="col">{t('Organisation')}</th>
            <th scope="col">{t('Roles')}</th>
            <th scope="col">{t('Teams')}</th>
            <th scope="col" className={page.end}>
              {t('Seen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} open={() => open(person.id)} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('Show more people')}
          </Button>
        </div>
      )}
    </>
  )
}

function usePeople({ q = '', team, organisation, audience, active }: PeopleSearch) {
  const filter = {
    q,
    ...(team !== undefined && { teamId: team }),
    ...(organisation !== undefined && { organisationId: organisation }),
    ...(audience && { audience }),
    ...(active !== 'any' && { active: active ?? ('true' as const) }),
  }
  return useInfiniteQuery({
    queryKey: [listPeople.path, 'pages', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => call(listPeople, { ...filter, limit: 50, after }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

function PersonRow({ person, open }: { person: Person; open: () => void }) {
  const { name, email, vip, active, organisation, roles, teams, hasPassword, lastSeenAt } = person
  const isTool = roles.length === 0
  return (
    <tr data-off={!active || undefined}>
      <td>
        <div className={styles.person}>
          <Initials name={name} quiet />
          <button type="button" className={page.open} onClick={open}>
            {name}
            <span className={page.sub}>{isTool ? t('Monitoring tool') : email}</span>
          </button>
          {vip && <span className={page.tag}>VIP</span>}
          {!active && <span className={page.tag}>{t('Deactivated')}</span>}
          {active && !hasPassword && !isTool && <span className={page.tag}>{t('Not signed in yet')}</span>}
        </div>
      </td>
      <td>{organisation.name}</td>
      <td>{roles.map((role) => role.name).join(', ')}</td>
      <td>{teams.map((team) => team.name).join(', ')}</td>
      <td className={`${page.end} ${page.quiet}`}>{lastSeenAt ? <Ago at={lastSeenAt} /> : t('never')}</td>
    </tr>
  )
}
