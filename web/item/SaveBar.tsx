import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { changeView, listViews, type saveView } from '#shared/item/views.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { query, useAction } from '#web/core/api.ts'
import { openLayer } from '#web/core/layer.ts'
import { Plain } from '#web/core/Plain.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { startingColumns } from '#web/item/columns.tsx'
import type { ListPlace } from '#web/item/place.ts'
import { builtInViews } from '#web/item/views.ts'
import styles from './list.module.css'

const SaveView = lazy(async () => ({ default: (await import('#web/item/SaveView.tsx')).SaveView }))

/** Once a list differs from the view that it came from: keep that, keep it under another name, or go back. */
export function SaveBar({ queue }: { queue: ListPlace }) {
  const { saved, from } = useOrigin(queue)
  const change = useAction(changeView)
  if (from && isSame(from, queue)) return null

  const look = { kind: 'incident', filter: queue.filter, sort: queue.sort, columns: [...queue.columns] }
  const save = ({ id, name, sharedWith, teamId }: Output<typeof saveView>) =>
    change.mutate(
      { ...look, id, name, sharedWith, teamId },
      { onSuccess: () => say(`Saved “${name}”`), onError: sayWrong },
    )
  return (
    <div className={styles.save}>
      {saved?.mine === true && (
        <Plain tone="link" onClick={() => save(saved)} disabled={change.isPending}>
          Save
        </Plain>
      )}
      <Plain tone="link" onClick={() => openLayer(<SaveView look={look} />)}>
        Save as…
      </Plain>
      {from && (
        <Plain tone="quiet" onClick={() => queue.go(placeOf(from))}>
          Reset
        </Plain>
      )}
    </div>
  )
}

interface Origin {
  readonly filter: string
  readonly sort: string
  readonly columns: readonly string[]
}

/** The view that a list came from: a saved one, or one that every desk has. */
function useOrigin({ view }: ListPlace) {
  const { data: views = [] } = useQuery(query(listViews, { kind: 'incident' }))
  const saved = views.find(({ id }) => id === view)
  const builtIn = builtInViews.find(({ id }) => id === view)
  const from: Origin | undefined = saved ?? (builtIn && { ...builtIn, columns: [] })
  return { saved, from }
}

const columnsIn = ({ columns }: Origin) => (columns.length === 0 ? startingColumns : columns).join(',')

const isSame = (from: Origin, now: Origin) =>
  from.filter === now.filter && from.sort === now.sort && columnsIn(from) === columnsIn(now)

const placeOf = ({ filter, sort, columns }: Origin) => ({ f: filter, sort, cols: columns.join(',') })
