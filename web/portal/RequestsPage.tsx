import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { listRecords } from '#shared/records.ts'
import { call } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { RequestRow } from '#web/portal/RequestRow.tsx'
import { readRequestsSearch } from '#web/portal/search.ts'
import styles from './portal.module.css'

const shows = [
  { value: 'open', label: 'Open', filter: '(is:open or state:resolved)' },
  { value: 'done', label: 'Done', filter: 'state:closed,cancelled' },
  { value: 'all', label: 'All', filter: '' },
] as const

const whoms = [
  { value: 'mine', label: 'Mine' },
  { value: 'organisation', label: 'My organisation’s' },
] as const

export function RequestsPage() {
  const { show = 'open', whose = 'mine' } = useSearch({ from: '/portal/frame/portal/requests' })
  const navigate = useNavigate()
  const may = useMay()
  const go = (search: Record<string, unknown>) =>
    void navigate({ to: '/portal/requests', search: readRequestsSearch({ show, whose, ...search }), replace: true })
  return (
    <>
      <div className={styles.pageHead}>
        <h1>{whose === 'mine' ? 'My requests' : 'Requests of my organisation'}</h1>
        <Button component={Link} to="/portal/report">
          Report something
        </Button>
      </div>
      <div className={styles.filters}>
        <SegmentedControl
          aria-label="Which requests"
          data={shows.map(({ value, label }) => ({ value, label }))}
          value={show}
          onChange={(value) => go({ show: value })}
        />
        {may('item.read-organisation') && (
          <SegmentedControl
            aria-label="Whose requests"
            data={[...whoms]}
            value={whose}
            onChange={(value) => go({ whose: value })}
          />
        )}
      </div>
      <Requests show={show} mine={whose === 'mine'} />
    </>
  )
}

function Requests({ show, mine }: { show: string; mine: boolean }) {
  const filter = [mine && 'requester:me', shows.find(({ value }) => value === show)?.filter].filter(Boolean).join(' ')
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, isPending, error } = useInfiniteQuery({
    queryKey: [listRecords.path, 'portal', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      call(listRecords, { kind: 'incident', filter, sort: '-updatedAt', fields: 'holdReason', limit: 30, after }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (error) throw error
  if (isPending) return <output className={styles.none}>Loading…</output>
  const rows = data.pages.flatMap(({ records }) => records)
  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        {show === 'open' ? 'Nothing is open. ' : 'Nothing is here yet. '}
        <Link to="/portal/report">Report something</Link>
      </p>
    )
  }
  return (
    <>
      <ul className={styles.requests}>
        {rows.map((row) => (
          <RequestRow key={row.id} row={row} whose={!mine} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}
