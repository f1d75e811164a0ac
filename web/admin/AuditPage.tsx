import { Button, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { listAudit } from '#shared/desk.ts'
import { call } from '#web/core/api.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { Plain } from '#web/core/Plain.tsx'
import { t } from '#web/core/words.ts'
import page from '#web/core/page.module.css'
import { TrailTable } from './TrailTable.tsx'
import { readTrailSearch, type TrailSearch } from './search.ts'
import { nameOf, tables, type Change } from './trail.ts'

const atOnce = 50

export function AuditPage() {
  const search = readTrailSearch(useSearch({ strict: false }))
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listAudit.path, 'pages', search],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before }) => call(listAudit, { limit: atOnce, before, ...search }),
    getNextPageParam: (last) => (last.length < atOnce ? undefined : last.at(-1)?.id),
  })
  if (error) throw error
  const changes = data?.pages.flat() ?? []
  return (
    <Page title={t('Audit')} about={t('Who changed which setting. What happens to records is in their own history.')}>
      <Narrowed search={search} newest={changes[0]} />
      {changes.length === 0 && !isPending ? (
        <Empty title={t('Nothing has been changed yet')}>
          {t('Settings that somebody changes are listed here, before and after, with a way back.')}
        </Empty>
      ) : (
        <TrailTable changes={changes} />
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('Show older changes')}
          </Button>
        </div>
      )}
    </Page>
  )
}

/** What the trail is narrowed to: one sort of setting, or one alone. */
function Narrowed({ search, newest }: { search: TrailSearch; newest: Change | undefined }) {
  const navigate = useNavigate()
  const narrow = (to: TrailSearch) => void navigate({ to: '/admin/audit', search: to })
  return (
    <div className={page.filters}>
      <Select
        label={t('What')}
        placeholder={t('Everything')}
        clearable
        data={Object.entries(tables).map(([value, label]) => ({ value, label }))}
        value={search.table ?? null}
        onChange={(table) => narrow(table === null ? {} : { table })}
      />
      {search.row !== undefined && newest && (
        <Plain onClick={() => narrow({})}>
          {nameOf(newest) === '' ? t('Only this one: show all') : t('Only {name}: show all', { name: nameOf(newest) })}
        </Plain>
      )}
    </div>
  )
}
