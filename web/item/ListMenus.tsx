import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Fields } from '#shared/filter/fields.ts'
import { getExport, startExport } from '#shared/item/exports.ts'
import { listViews, removeView } from '#shared/item/views.ts'
import { call, query, useAction } from '#web/core/api.ts'
import { OpenedMenu, type Target } from '#web/core/OpenedMenu.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { columnsOf } from '#web/item/columns.tsx'
import type { Kind } from '#web/item/kind.ts'
import type { ListPlace } from '#web/item/place.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

/** What a list shows, in which order it stands. */
export function ViewMenu({ place, fields, target }: { place: ListPlace; fields: Fields; target: Target }) {
  const toggle = (id: string) => {
    const order = columnsOf(fields).map((column) => column.id)
    const on = place.columns.includes(id) ? place.columns.filter((one) => one !== id) : [...place.columns, id]
    const next = on.toSorted((one, other) => rank(one, place.kind, order) - rank(other, place.kind, order))
    place.go({ cols: next.join(',') === place.kind.columns.join(',') ? '' : next.join(',') })
  }
  return (
    <OpenedMenu position="bottom-end" closeOnItemClick={false} width={240} target={target}>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('Columns')}</Menu.Label>
        {columnsOf(fields)
          .filter(({ id }) => !always.has(id))
          .map(({ id }) => (
            <Menu.CheckboxItem key={id} checked={place.columns.includes(id)} onChange={() => toggle(id)}>
              {t(fields[id]?.label ?? id)}
            </Menu.CheckboxItem>
          ))}
        <RemoveView place={place} />
      </Menu.Dropdown>
    </OpenedMenu>
  )
}

/** What every list shows. */
const always: ReadonlySet<string> = new Set(['number', 'title'])

/** The columns of the start keep their order; others come where their fields are. */
function rank(id: string, { columns }: Kind, order: readonly string[]) {
  const known = columns.indexOf(id)
  if (id === 'updatedAt') return 1000
  return known >= 0 ? known : 100 + order.indexOf(id)
}

function RemoveView({ place }: { place: ListPlace }) {
  const { data: views = [] } = useQuery(query(listViews, { kind: place.kind.name }))
  const remove = useAction(removeView)
  const saved = views.find(({ id, mine }) => id === place.view && mine)
  if (!saved) return null
  const act = () =>
    remove.mutate(
      { id: saved.id },
      {
        onSuccess: () => {
          say(t('Removed the view “{name}”', { name: saved.name }))
          place.go({ view: '' })
        },
        onError: sayWrong,
      },
    )
  return (
    <>
      <Menu.Divider />
      <Menu.Item color="danger" leftSection={<Trash2 size={16} />} onClick={act} closeMenuOnClick>
        {t('Remove the view “{name}”', { name: saved.name })}
      </Menu.Item>
    </>
  )
}

/** A way to take a list elsewhere. */
export function ExportMenu({ place, target }: { place: ListPlace; target: Target }) {
  const [id, setId] = useState<string>()
  const start = useAction(startExport)
  const begin = (format: 'csv' | 'xlsx') =>
    start.mutate(
      { kind: place.kind.name, filter: place.filter, sort: place.sort, fields: [...place.columns], format },
      { onSuccess: (made) => setId(made.id), onError: sayWrong },
    )
  return (
    <>
      <OpenedMenu position="bottom-end" target={target}>
        <Menu.Dropdown>
          <Menu.Label>{t('Export what this list holds')}</Menu.Label>
          <Menu.Item onClick={() => begin('csv')}>{t('As CSV')}</Menu.Item>
          <Menu.Item onClick={() => begin('xlsx')}>{t('As an Excel workbook')}</Menu.Item>
        </Menu.Dropdown>
      </OpenedMenu>
      {id !== undefined && <Progress key={id} id={id} end={() => setId(undefined)} />}
    </>
  )
}

/** An export on its way: how far it is, then the file. */
function Progress({ id, end }: { id: string; end: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['export', id],
    queryFn: () => call(getExport, { id }),
    refetchInterval: 500,
  })
  const state = data?.state
  const why = data?.error ?? error?.message
  useEffect(() => {
    if (state === 'ready') window.location.assign(`/api/exports/${id}/content`)
    if (state === 'ready') say(t('Exported'))
    if (state === 'failed' || (state === undefined && why)) sayWrong(new Error(why ?? t('The export failed')))
    if (state === 'ready' || state === 'failed' || why) end()
  }, [state, why, id, end])
  const { done = 0, total = null } = data ?? {}
  return (
    <output className={styles.exporting}>
      {total === null ? t('Exporting: starting') : t('Exporting: {done} of {total}', { done, total })}
    </output>
  )
}
