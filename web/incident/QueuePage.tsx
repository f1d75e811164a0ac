import { useQueryClient } from '@tanstack/react-query'
import { Inbox, Plus } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import type { Row } from '#shared/records.ts'
import { Refused } from '#web/core/api.ts'
import { Grid } from '#web/core/Grid.tsx'
import { useCommands } from '#web/core/keys.ts'
import { useMay, useMe } from '#web/core/me.ts'
import { Plain } from '#web/core/Plain.tsx'
import { useCursor, type Cursor } from '#web/incident/cursor.ts'
import { useListCommands } from '#web/incident/listCommands.ts'
import { openNew, useNewCommand } from '#web/incident/openNew.tsx'
import { useQueue, type Queue } from '#web/incident/queue.ts'
import { incidentVerbs } from '#web/incident/verbs.tsx'
import { BulkBar } from '#web/item/BulkBar.tsx'
import { columnsOf, drawCard, furtherFields, knownColumns } from '#web/item/columns.tsx'
import { useCustomFields, useFields } from '#web/item/dictionary.ts'
import { useOwnDrafts } from '#web/item/drafted.ts'
import { FilterBar } from '#web/item/FilterBar.tsx'
import { ListFoot } from '#web/item/ListFoot.tsx'
import { ListTools } from '#web/item/ListTools.tsx'
import { useRecords } from '#web/item/records.ts'
import { commandsOf, type Bench } from '#web/item/verbs.ts'
import { ViewTabs } from '#web/item/ViewTabs.tsx'
import { askToWrite } from '#web/item/writing.ts'
import styles from './queue.module.css'

const Peek = lazy(async () => ({ default: (await import('#web/incident/Peek.tsx')).Peek }))

/** The queue: what there is to do, and the record that is looked at beside it. */
export function QueuePage() {
  const queue = useQueue()
  const fields = useFields('incident')
  const list = useRecords(useListInput(queue))
  const cursor = useCursor(list.rows, queue)
  const bench = useBench(cursor, queue)
  useListCommands({ queue, cursor, showNews: list.news.show })
  useCommands(commandsOf(incidentVerbs, bench))
  useNewCommand()
  useOwnDrafts()

  return (
    <div className={styles.queue}>
      <div className={styles.head}>
        <h1>Incidents</h1>
        <ViewTabs queue={queue} />
        <ListTools queue={queue} fields={fields} />
        {bench.may('incident.open') && (
          <Plain
            tone="filled"
            className={styles.new}
            onClick={openNew}
            icon={<Plus size={16} aria-hidden="true" />}
            keys="c"
          >
            New
          </Plain>
        )}
      </div>
      <FilterBar queue={queue} fields={fields} news={list.news} />
      <div className={styles.body}>
        <section className={styles.list} aria-label="List" data-region tabIndex={-1}>
          <QueueGrid queue={queue} list={list} cursor={cursor} />
          <ListFoot shown={list.rows.length} capped={list.capped} />
        </section>
        {queue.peek !== undefined && (
          <Suspense fallback={<aside className={styles.peek} />}>
            <Peek number={queue.peek} onClose={() => queue.without('peek')} onStep={cursor.step} />
          </Suspense>
        )}
      </div>
      <BulkBar verbs={incidentVerbs} bench={bench} count={cursor.selected.size} onClear={cursor.clear} />
    </div>
  )
}

interface QueueGridProps {
  queue: Queue
  list: ReturnType<typeof useRecords>
  cursor: Cursor
}

function QueueGrid({ queue, list, cursor }: QueueGridProps) {
  return (
    <Grid
      label="Incidents"
      rows={list.rows}
      rowId={idOf}
      columns={useColumns(queue)}
      card={drawCard}
      loading={list.loading}
      more={list.more}
      onMore={list.onMore}
      sort={queue.sort}
      onSort={(sort) => queue.go({ sort })}
      cursor={cursor.id}
      onCursor={cursor.put}
      selected={cursor.selected}
      onSelect={cursor.select}
      onSelectAll={cursor.selectAll}
      onOpen={({ number }) => queue.go({ peek: number }, { replace: queue.peek !== undefined })}
      empty={<Empty queue={queue} error={list.error} />}
    />
  )
}

const idOf = ({ id }: Row) => id

function useListInput({ filter, sort, columns }: Queue) {
  const fields = furtherFields(columns)
  return useMemo(() => ({ kind: 'incident', filter, sort, fields }), [filter, sort, fields])
}

function useColumns({ columns: chosen }: Queue) {
  const fields = useFields('incident')
  const custom = useCustomFields('incident')
  return useMemo(() => {
    const all = new Map(columnsOf(fields).map((column) => [column.id, column]))
    return knownColumns(chosen, custom).flatMap((name) => all.get(name) ?? [])
  }, [fields, custom, chosen])
}

function useBench({ targets, row }: Cursor, { peek, go }: Queue): Bench {
  const client = useQueryClient()
  const me = useMe()
  const may = useMay()
  const write = (mode: 'reply' | 'note') => {
    if (peek === undefined && row) go({ peek: row.number })
    askToWrite(mode)
  }
  return { client, me, may, targets, write }
}

function Empty({ queue, error }: { queue: Queue; error: Error | null }) {
  if (error)
    return <p>{error instanceof Refused && error.status === 400 ? 'This filter cannot be read.' : error.message}</p>
  const narrowed = queue.filter !== ''
  return (
    <>
      <Inbox size={24} strokeWidth={1.5} aria-hidden="true" />
      <strong>Nothing here</strong>
      <span>{narrowed ? 'No incident matches this filter.' : 'Nobody has reported anything yet.'}</span>
      {narrowed && <Plain onClick={() => queue.go({ f: '', view: '' })}>Show all incidents</Plain>}
    </>
  )
}
