import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { readDrafts, type DraftMode } from '#shared/item/drafts.ts'
import { query } from '#web/core/api.ts'
import { useMe } from '#web/core/me.ts'
import { useSignal } from '#web/core/signal.ts'
import { draftAt, learn, nothing, show, type Draft, type Written } from '#web/item/draft.ts'

/** What one is writing on a record, in this browser and at the desk. */
export function useDraft(itemId: string, mode: DraftMode): readonly [Draft, Written] {
  const { id: me } = useMe()
  const draft = useMemo(() => draftAt({ me, itemId, mode }), [me, itemId, mode])
  const { data } = useQuery(query(readDrafts, { itemId }))
  useEffect(() => {
    if (data) learn(draft, data.find((one) => one.mode === mode) ?? nothing)
  }, [draft, data, mode])
  useEffect(() => show(draft), [draft])
  return [draft, useSignal(draft.state)]
}
