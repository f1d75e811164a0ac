import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { changeView, listViews, type saveView } from '#shared/item/views.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { query, useAction } from '#web/core/api.ts'
import { openLayer } from '#web/core/layer.ts'
import { Plain } from '#web/core/Plain.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import type { Kind } from '#web/item/kind.ts'
import type { ListPlace } from '#web/item/place.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

const SaveView = lazy(async () => ({ default: (await import('#web/item/SaveView.tsx')).SaveView }))

/** Once a list differs from the view that it came from: keep that, keep it under another name, or go back. */
export function SaveBar({ place }: { place: ListPlace }) {
  const { kind } = place
  const { saved, from } = useOrigin(place)
  const change = useAction(changeView)
  if (from && isSame(from, place)) return null

  const look = { kind: kind.name, filter: place.filter, sort: place.sort, columns: [...place.columns] }
  const save = ({ id, name, sharedWith, teamId }: Output<typeof saveView>) =>
    change.mutate(
      { ...look, id, name, sharedWith, teamId },
      { onSuccess: () => say(t('Saved “{name}”', { name })), onError: sayWrong },
    )
  return (
    <div className={styles.save}>
      {saved?.mine === true && (
        <Plain tone="link" onClick={() => save(saved)} disabled={change.isPending}>
          {t('Save')}
        </Plain>
      )}
      <Plain tone="link" onClick={() => openLayer(<SaveView look={look} path={kind.path} />)}>
        {t('Save as…')}
      </Plain>
      {from && (
        <Plain tone="quiet" onClick={() => place.go(placeOf(from))}>
          {t('Reset')}
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
function useOrigin({ kind, view }: ListPlace) {
  const { data: views = [] } = useQuery(query(listViews, { kind: kind.name }))
  const saved = views.find(({ id }) => id === view)
  const builtIn = kind.views.find(({ id }) => id === view)
  const from: Origin | undefined = saved ?? (builtIn && { ...builtIn, columns: [] })
  return { saved, from }
}

const isSame = (from: Origin, { kind, filter, sort, columns }: ListPlace) =>
  from.filter === filter && from.sort === sort && columnsIn(from, kind) === columns.join(',')

const columnsIn = ({ columns }: Origin, kind: Kind) => (columns.length === 0 ? kind.columns : columns).join(',')

const placeOf = ({ filter, sort, columns }: Origin) => ({ f: filter, sort, cols: columns.join(',') })
