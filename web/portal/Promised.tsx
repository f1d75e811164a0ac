import { useQuery } from '@tanstack/react-query'
import { use } from 'react'
import type { Record } from '#shared/records.ts'
import { listPromises } from '#shared/sla.ts'
import { query } from '#web/core/api.ts'
import { moment, useTicked, Zone } from '#web/core/time.tsx'
import { useReader } from '#web/portal/reader.ts'
import { isYours, promiseOf } from '#web/portal/words.ts'

/** By when it was promised, or why there is no such time just now. */
export function Promised({ record }: { record: Record }) {
  const { data: promises = [] } = useQuery({
    ...query(listPromises, { itemId: record.id }),
    enabled: record.phase !== 'done',
  })
  const zone = use(Zone)
  const yours = isYours(record, useReader())
  const said = useTicked((now) => {
    const lines = promises.map((one) => promiseOf(one, { now, yours, words: (at) => moment(at, zone) }))
    return [...new Set(lines)].join('\n')
  })
  if (record.phase === 'done' || said === '') return null
  return said.split('\n').map((line) => <p key={line}>{line}</p>)
}
