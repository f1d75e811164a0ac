import { useQueryClient } from '@tanstack/react-query'
import { Inbox, Plus } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { kinds } from '#shared/kinds.ts'
import type { Row } from '#shared/records.ts'
import { Refused } from '#web/core/api.ts'
import { Grid } from '#web/core/Grid.tsx'
import { useCommands } from '#web/core/keys.ts'
import { useMay, useMe } from '#web/core/me.ts'
import { Plain } from '#web/core/Plain.tsx'
import { columnsOf, drawCard, furtherFields, knownColumns } from '#web/item/columns.tsx'
import { useCursor, type Cursor } from '#web/item/cursor.ts'
import { useCustomFields, useFields } from '#web/item/dictionary.ts'
import { useOwnDrafts } from '#web/item/drafted.ts'
import { FilterBar } from '#web/item/FilterBar.tsx'
import type { Kind } from '#web/item/kind.ts'
import { useListCommands } from '#web/item/listCommands.ts'
import { ListFoot } from '#web/item/ListFoot.tsx'
import { ListTools } from '#web/item/ListTools.tsx'
import { useOpening } from '#web/item/opening.ts'
import { useListPlace, type ListPlace } from '#web/item/place.ts'
import { useRecords } from '#web/item/records.ts'
import { commandsOf, type Bench } from '#web/item/verbs.ts'
import { ViewTabs } from '#web/item/ViewTabs.tsx'
import { askToWrite } from '#web/item/writing.ts'
import styles from './listPage.module.css'
import { t } from '#web/core/words.ts'

const BulkBar = lazy(async () => ({ default: (await import('#web/item/BulkBar.tsx')).BulkBar }))

/** The list of a kind: what there is to do, and the record that is looked at beside it. */
export function ListPage({ kind }: { kind: Kind }) {
  const place = useListPlace(kind)
  const fields = useFields(kind.name)
  const list = useRecords(useListInput(place))
  const cursor = useCursor(list.rows, place)
  const bench = useBench(cursor, place)
  const { opening, verbs, Peek } = kind
  useListCommands({ place, cursor, showNews: list.news.show })
  useCommands(commandsOf(verbs, bench))
  useOpening(opening)
  useOwnDrafts()

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t(kinds[kind.name].plural)}</h1>
        <ViewTabs place={place} />
        <ListTools place={place} fields={fields} />
        {bench.may(opening.may) && (
          <Plain
            tone="filled"
            className={styles.new}
            onClick={opening.open}
            icon={<Plus size={16} aria-hidden="true" />}
            keys="c"
          >
            {t('New')}
          </Plain>
        )}
      </div>
      <FilterBar place={place} fields={fields} news={list.news} />
      <div className={styles.body}>
        <section className={styles.list} aria-label={t('List')} data-region tabIndex={-1}>
          <ListGrid place={place} list={list} cursor={cursor} />
          <ListFoot shown={list.rows.length} capped={list.capped} />
        </section>
        {place.peek !== undefined && (
          <Suspense fallback={<aside className={styles.peek} />}>
            <Peek number={place.peek} onClose={() => place.without('peek')} onStep={cursor.step} />
          </Suspense>
        )}
      </div>
      {cursor.selected.size > 0 && (
        <Suspense>
          <BulkBar place={place} bench={bench} cursor={cursor} further={isFurther(list, cursor)} />
        </Suspense>
      )}
    </div>
  )
}

/** Whether all that is loaded is selected, and there is more. */
const isFurther = ({ rows, more, capped }: ReturnType<typeof useRecords>, { selected }: Cursor) =>
  (more || capped) && selected.size === rows.length

interface ListGridProps {
  place: ListPlace
  list: ReturnType<typeof useRecords>
  cursor: Cursor
}

function ListGrid({ place, list, cursor }: ListGridProps) {
  return (
    <Grid
      label={t(kinds[place.kind.name].plural)}
      rows={list.rows}
      rowId={idOf}
      columns={useColumns(place)}
      card={drawCard}
      loading={list.loading}
      more={list.more}
      onMore={list.onMore}
      sort={place.sort}
      onSort={(sort) => place.go({ sort })}
      cursor={cursor.id}
      onCursor={cursor.put}
      selected={cursor.selected}
      onSelect={cursor.select}
      onSelectAll={cursor.selectAll}
      onOpen={({ number }) => place.go({ peek: number }, { replace: place.peek !== undefined })}
      empty={<Empty place={place} error={list.error} />}
    />
  )
}

const idOf = ({ id }: Row) => id

function useListInput({ kind: { name: kind }, filter, sort, columns }: ListPlace) {
  const fields = furtherFields(columns)
  return useMemo(() => ({ kind, filter, sort, fields }), [kind, filter, sort, fields])
}

function useColumns({ kind: { name: kind }, columns: chosen }: ListPlace) {
  const fields = useFields(kind)
  const custom = useCustomFields(kind)
  return useMemo(() => {
    const all = new Map(columnsOf(fields).map((column) => [column.id, column]))
    return knownColumns(chosen, custom).flatMap((name) => all.get(name) ?? [])
  }, [fields, custom, chosen])
}

function useBench({ targets, matching, row }: Cursor, { peek, go }: ListPlace): Bench {
  const client = useQueryClient()
  const me = useMe()
  const may = useMay()
  const write = (mode: 'reply' | 'note') => {
    if (peek === undefined && row) go({ peek: row.number })
    askToWrite(mode)
  }
  return { client, me, may, targets, matching: () => matching, write }
}

function Empty({ place: { kind, filter, go }, error }: { place: ListPlace; error: Error | null }) {
  if (error)
    return <p>{error instanceof Refused && error.status === 400 ? t('This filter cannot be read.') : error.message}</p>
  const narrowed = filter !== ''
  return (
    <>
      <Inbox size={24} strokeWidth={1.5} aria-hidden="true" />
      <strong>{t('Nothing here')}</strong>
      <span>{narrowed ? kind.noneFits : kind.none}</span>
      {narrowed && <Plain onClick={() => go({ f: '', view: '' })}>{kind.showAll}</Plain>}
    </>
  )
}
