import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { readDrafts } from '#shared/item/drafts.ts'
import { isCarrying, query } from '#web/core/api.ts'
import { useSignal } from '#web/core/signal.ts'
import { draftAt, learn, nothing, show, type Draft, type Place, type Written } from '#web/item/draft.ts'

/** What one is writing on a record, in this browser and at the desk. */
export function useDraft({ me, itemId, mode }: Place): readonly [Draft, Written] {
  const draft = useMemo(() => draftAt({ me, itemId, mode }), [me, itemId, mode])
  const { data } = useQuery({ ...query(readDrafts, { itemId }), enabled: !isCarrying() })
  useEffect(() => {
    if (data) learn(draft, data.find((one) => one.mode === mode) ?? nothing)
  }, [draft, data, mode])
  useEffect(() => show(draft), [draft])
  return [draft, useSignal(draft.state)]
}
