import { ActionIcon, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Download, SlidersHorizontal, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Fields } from '#shared/filter/fields.ts'
import { getExport, startExport } from '#shared/item/exports.ts'
import { listViews, removeView } from '#shared/item/views.ts'
import { call, query, useAction } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { columnsOf, startingColumns } from '#web/item/columns.tsx'
import type { ListPlace } from '#web/item/place.ts'
import styles from './list.module.css'

/** What a list shows, and a way to take it elsewhere. */
export function ListMenus({ queue, fields }: { queue: ListPlace; fields: Fields }) {
  const may = useMay()
  return (
    <div className={styles.menus}>
      <ViewMenu queue={queue} fields={fields} />
      {may('item.export') && <ExportMenu queue={queue} />}
    </div>
  )
}

function ViewMenu({ queue, fields }: { queue: ListPlace; fields: Fields }) {
  const toggle = (id: string) => {
    const order = columnsOf(fields).map((column) => column.id)
    const on = queue.columns.includes(id) ? queue.columns.filter((one) => one !== id) : [...queue.columns, id]
    const next = on.toSorted((one, other) => place(one, order) - place(other, order))
    queue.go({ cols: next.join(',') === startingColumns.join(',') ? '' : next.join(',') })
  }
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={240}>
      <Menu.Target>
        <ActionIcon aria-label="Columns">
          <SlidersHorizontal size={16} strokeWidth={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>Columns</Menu.Label>
        {columnsOf(fields).map(({ id }) => (
          <Menu.CheckboxItem
            key={id}
            checked={queue.columns.includes(id)}
            disabled={id === 'title' || id === 'number'}
            onChange={() => toggle(id)}
          >
            {fields[id]?.label}
          </Menu.CheckboxItem>
        ))}
        <RemoveView queue={queue} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** The columns of the start keep their order; others come where their fields are. */
function place(id: string, order: readonly string[]) {
  const known = startingColumns.indexOf(id)
  if (id === 'updatedAt') return 1000
  return known >= 0 ? known : 100 + order.indexOf(id)
}

function RemoveView({ queue }: { queue: ListPlace }) {
  const { data: views = [] } = useQuery(query(listViews, { kind: 'incident' }))
  const remove = useAction(removeView)
  const saved = views.find(({ id, mine }) => id === queue.view && mine)
  if (!saved) return null
  const act = () =>
    remove.mutate(
      { id: saved.id },
      {
        onSuccess: () => {
          say(`Removed the view “${saved.name}”`)
          queue.go({ view: '' })
        },
        onError: sayWrong,
      },
    )
  return (
    <>
      <Menu.Divider />
      <Menu.Item color="danger" leftSection={<Trash2 size={16} />} onClick={act} closeMenuOnClick>
        Remove the view “{saved.name}”
      </Menu.Item>
    </>
  )
}

function ExportMenu({ queue }: { queue: ListPlace }) {
  const [id, setId] = useState<string>()
  const start = useAction(startExport)
  const begin = (format: 'csv' | 'xlsx') =>
    start.mutate(
      { kind: 'incident', filter: queue.filter, sort: queue.sort, fields: [...queue.columns], format },
      { onSuccess: (made) => setId(made.id), onError: sayWrong },
    )
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="Export" loading={start.isPending}>
            <Download size={16} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Export what this list holds</Menu.Label>
          <Menu.Item onClick={() => begin('csv')}>As CSV</Menu.Item>
          <Menu.Item onClick={() => begin('xlsx')}>As an Excel workbook</Menu.Item>
        </Menu.Dropdown>
      </Menu>
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
    if (state === 'ready') say('Exported')
    if (state === 'failed' || (state === undefined && why)) sayWrong(new Error(why ?? 'The export failed'))
    if (state === 'ready' || state === 'failed' || why) end()
  }, [state, why, id, end])
  const share = data && data.total !== null ? `${data.done} of ${data.total}` : 'starting'
  return <output className={styles.exporting}>Exporting: {share}</output>
}
