import { useQueryClient } from '@tanstack/react-query'
import type { Record } from '#shared/records.ts'
import { useMay, useMe } from '#web/core/me.ts'
import type { Bench } from '#web/item/verbs.ts'
import { askToWrite } from '#web/item/writing.ts'

/** Where the verbs of a record that is open act, for its buttons and its menu. */
export function useRecordBench(record: Record): Bench {
  const client = useQueryClient()
  const me = useMe()
  const may = useMay()
  return { client, me, may, targets: () => [record], write: askToWrite }
}
