import type { QueryClient } from '@tanstack/react-query'
import { listBulks, type Bulk } from '#shared/item/bulk.ts'
import { query } from '#web/core/api.ts'

/** One's own changes of many records: what goes on, and what can still be taken back. */
export const bulks = query(listBulks, {})

export const isGoing = ({ state }: Bulk) => state === 'working' || state === 'undoing'

/** Shows what the desk has begun before it is asked again. */
export function addBulk(client: QueryClient, bulk: Bulk) {
  client.setQueryData(bulks.queryKey, (before) => [bulk, ...(before ?? []).filter(({ id }) => id !== bulk.id)])
}
