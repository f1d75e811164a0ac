import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type MouseEvent, type ReactNode, type RefObject } from 'react'
import { GridHead } from '#web/core/GridHead.tsx'
import { GridRow } from '#web/core/GridRow.tsx'
import { usePref } from '#web/core/prefs.ts'
import styles from './grid.module.css'
import { t } from '#web/core/words.ts'

export interface Column<R> {
  readonly id: string
  readonly label: string
  /** Pixels; left out, the column takes what is left. */
  readonly width?: number
  /** The field to sort by. */
  readonly sort?: string
  readonly cell: (row: R) => ReactNode
  /** Shown only where the grid is at least so wide. */
  readonly from?: number
  readonly align?: 'end'
  /** The head shows no word, though the column has one. */
  readonly quiet?: boolean
}

export interface GridProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly rowId: (row: R) => string
  readonly columns: readonly Column<R>[]
  /** One row on a phone. */
  readonly card: (row: R) => ReactNode
  /** How many rows there are in all, where that is known. */
  readonly total?: number | undefined
  readonly loading: boolean
  readonly more: boolean
  readonly onMore: () => void
  readonly sort: string
  readonly onSort: (sort: string) => void
  readonly cursor: string | undefined
  readonly onCursor: (id: string) => void
  readonly selected: ReadonlySet<string>
  /** `extend`: everything between the cursor and this row too. */
  readonly onSelect: (id: string, extend: boolean) => void
  readonly onSelectAll: (all: boolean) => void
  readonly onOpen: (row: R) => void
  readonly empty: ReactNode
}

const heights: Readonly<Record<string, number>> = { comfortable: 44, default: 36, compact: 30 }
const cardHeight = 60

/** Every list of the desk: rows by windows, one cursor, a selection. It asks for more as its end comes near. */
export function Grid<R>(props: GridProps<R>) {
  const { rows, rowId, cursor } = props
  const { ref: sized, width } = useElementSize<HTMLTableElement>()
  const scroller = useRef<HTMLDivElement>(null)
  const cards = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  const [density] = usePref('density')
  const height = cards ? cardHeight : (heights[density] ?? 36)
  const at = rows.findIndex((row) => rowId(row) === cursor)

  const virtual = useWindows(props, at, height, scroller)
  const { first, last, before, after } = spanOf(virtual)
  const columns = useMemo(() => (cards ? [] : shownOf(props.columns, width)), [cards, props.columns, width])
  const look = { height, columns, card: cards ? props.card : undefined }

  return (
    <div ref={scroller} className={styles.scroller} data-scroller>
      <table ref={sized} className={styles.grid} {...gridOf(props, at, cards)}>
        {!cards && <GridHead {...props} columns={columns} />}
        <tbody>
          <Space height={before} />
          {rows.slice(first, last + 1).map((row, nth) => (
            <GridRow key={rowId(row)} row={row} index={first + nth} {...rowOf(props, row)} {...look} />
          ))}
          <Space height={after} />
        </tbody>
      </table>
      <End {...props} height={height} />
    </div>
  )
}

/** Which rows are drawn, and how much room those before and after them take. */
function spanOf(virtual: Virtualizer<HTMLDivElement, Element>) {
  const items = virtual.getVirtualItems()
  const [top, bottom] = [items[0], items.at(-1)]
  if (!top || !bottom) return { first: 0, last: -1, before: 0, after: virtual.getTotalSize() }
  return { first: top.index, last: bottom.index, before: top.start, after: virtual.getTotalSize() - bottom.end }
}

const shownOf = <R,>(columns: readonly Column<R>[], width: number) =>
  columns.filter(({ from }) => from === undefined || width >= from)

function rowOf<R>({ rowId, cursor, selected }: GridProps<R>, row: R) {
  const id = rowId(row)
  return { id, current: id === cursor, selected: selected.has(id) }
}

/** The rows in sight and a few around them; asks for more as the last of those that are known comes near. */
function useWindows<R>(
  { rows, rowId, more, loading, onMore }: GridProps<R>,
  at: number,
  height: number,
  scroller: RefObject<HTMLDivElement | null>,
) {
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: height === cardHeight ? 0 : 34,
    getItemKey: (index) => (rows[index] === undefined ? index : rowId(rows[index])),
  })
  const end = virtual.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [virtual, at])
  useEffect(() => {
    if (more && !loading && end >= rows.length - 25) onMore()
  }, [more, loading, end, rows.length, onMore])
  return virtual
}

/** What makes a table a grid for those who hear it: the focus stays on the grid, the cursor moves within. */
function gridOf<R>(props: GridProps<R>, at: number, cards: boolean) {
  const { label, rows, rowId, total, more } = props
  const row = rows[at]
  return {
    role: 'grid',
    tabIndex: 0,
    'data-grid': true,
    onClick: (event: MouseEvent) => handleClick(event, props),
    'aria-label': label,
    'aria-multiselectable': true,
    'aria-rowcount': total ?? (more ? -1 : rows.length + (cards ? 0 : 1)),
    ...(row !== undefined && { 'aria-activedescendant': `row-${rowId(row)}` }),
  } as const
}

function handleClick<R>(event: MouseEvent, { rows, rowId, onCursor, onSelect, onOpen }: GridProps<R>) {
  const { target } = event
  if (!(target instanceof Element)) return
  const id = target.closest<HTMLElement>('tr[data-id]')?.dataset['id']
  const row = rows.find((one) => rowId(one) === id)
  if (id === undefined || row === undefined || event.ctrlKey || event.metaKey) return
  if (target.closest('[data-select]')) {
    if (target instanceof HTMLInputElement) onSelect(id, event.shiftKey)
    return
  }
  if (target.closest('a')) event.preventDefault()
  onCursor(id)
  onOpen(row)
}

const Space = ({ height }: { height: number }) =>
  height > 0 && (
    <tr aria-hidden="true" className={styles.space}>
      <td style={{ height }}>{nothing}</td>
    </tr>
  )

const nothing = '\u200b'

/** What stands below the rows, or instead of them. */
function End<R>({ rows, loading, more, empty, height }: GridProps<R> & { height: number }) {
  if (rows.length === 0) return loading ? <Skeletons height={height} /> : <div className={styles.empty}>{empty}</div>
  return more && <div className={styles.more}>{loading ? t('Loading more…') : nothing}</div>
}

/** The shape of what comes, after 150 ms: what is quicker than that shows nothing. */
function Skeletons({ height }: { height: number }) {
  return (
    <output className={styles.skeletons} aria-label={t('Loading')}>
      {[72, 58, 80, 64, 50, 76, 60, 68, 54, 70, 62, 78].map((width) => (
        <span key={width} style={{ height }}>
          <i style={{ width: `${width}%` }} />
        </span>
      ))}
    </output>
  )
}
