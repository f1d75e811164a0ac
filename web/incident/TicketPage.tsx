import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { getRecord } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { incidentKind } from '#web/incident/kind.tsx'
import { incidentPanels } from '#web/incident/panels.tsx'
import { RecordPage } from '#web/item/RecordPage.tsx'

export function TicketPage() {
  const { number } = useParams({ from: '/staff/t/$number' })
  const { data: record } = useSuspenseQuery(query(getRecord, { key: number }))
  return <RecordPage kind={incidentKind} record={record} panels={incidentPanels} />
}
