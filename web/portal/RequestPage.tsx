import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { getRecord } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { RequestView } from '#web/portal/RequestView.tsx'
import styles from './portal.module.css'

/** One request, for who is signed in. */
export function RequestPage() {
  const { number } = useParams({ from: '/portal/frame/portal/requests/$number' })
  const { score } = useSearch({ from: '/portal/frame/portal/requests/$number' })
  const { data: record } = useSuspenseQuery(query(getRecord, { key: number }))
  return (
    <>
      <Link to="/portal/requests" className={styles.back}>
        <ChevronLeft size={16} aria-hidden="true" /> My requests
      </Link>
      <RequestView record={record} score={score} />
    </>
  )
}
