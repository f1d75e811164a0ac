import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { FigureRecord } from '#shared/report.ts'
import { KpiName } from '#shared/report.ts'
import { ages, kpiNamed, type KpiName as Kpi } from '#shared/report/kpis.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { Plain } from '#web/core/Plain.tsx'
import { When } from '#web/core/time.tsx'
import { PriorityShape } from '#web/item/Priority.tsx'
import { State } from '#web/item/State.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { spanName } from '#web/report/dates.ts'
import { number, write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { figureAt, recordsAt, type Behind } from '#web/report/hrefs.ts'
import { useRecords } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type FigureSearch } from '#web/report/state.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
import styles from './report.module.css'

export const RecordsPage = () => <Behindhand own={false} />
export const OwnRecordsPage = () => <Behindhand own />

export interface RecordsSearch extends FigureSearch, Behind {}

/** The records behind one number: exactly those that it was made of. */
function Behindhand({ own }: { own: boolean }) {
  const { kpi: asked } = useParams({ strict: false })
  const kpi = KpiName.safeParse(asked).data
  if (kpi === undefined)
    return (
      <Page title="Figures" beside={<Beside />}>
        <Empty title="There is no such figure" />
      </Page>
    )
  const { label } = kpiNamed(kpi)
  return (
    <Page title={label} beside={<Beside />}>
      <h2 className={styles.title}>{label}: the records behind</h2>
      <Listed kpi={kpi} own={own} />
    </Page>
  )
}

/** Which of a figure's numbers the URL names. */
function useBehind(): Behind {
  const which: RecordsSearch = useSearch({ strict: false })
  const { part = 'counted', from, to, key, age, by } = which
  const known = Object.entries({ from, to, key, age, by }).filter(([, value]) => value !== undefined)
  return { part, ...Object.fromEntries(known) }
}

function Listed({ kpi, own }: { kpi: Kpi; own: boolean }) {
  const { question, search } = useAsked()
  const behind = useBehind()
  const [pages, setPages] = useState<readonly string[]>([])
  const after = pages.at(-1)
  const { data, error } = useRecords({ ...question, kpi, ...behind, ...(after !== undefined && { after }) }, own)
  if (error) return <Failed error={error} />
  if (!data) return <Waiting />
  return (
    <>
      <p className={styles.sentence}>
        {number(data.total)} records, {spanName(behind.from ?? data.from, behind.to ?? data.to, data.zone)}, as of{' '}
        <When at={data.asOf} />. <AgeWords days={behind.age} />
        <GoLink href={figureAt(kpi, search, own)}>The figure</GoLink>{' '}
        <OtherPart kpi={kpi} behind={behind} search={search} own={own} />
      </p>
      {data.records.length > 0 ? (
        <RecordsTable
          kpi={kpi}
          records={data.records}
          shares={kpiNamed(kpi).shape === 'share' && behind.part === 'of'}
        />
      ) : (
        <Empty title="No records">
          <span>This number is made of nothing.</span>
        </Empty>
      )}
      <div className={styles.pager}>
        {pages.length > 0 && <Plain onClick={() => setPages(pages.slice(0, -1))}>Newer</Plain>}
        {data.next !== null && <Plain onClick={() => setPages([...pages, data.next ?? ''])}>Older</Plain>}
      </div>
    </>
  )
}

function AgeWords({ days }: { days: number | undefined }) {
  const age = ages.find(({ from }) => from === days)
  return age ? `Age: ${age.label}. ` : null
}

const others = {
  share: { counted: 'All that it is a share of', of: 'Only those counted' },
  difference: { counted: 'Those resolved', of: 'Those opened' },
} as const

interface OtherPartProps {
  readonly kpi: Kpi
  readonly behind: Behind
  readonly search: FigureSearch
  readonly own: boolean
}

function OtherPart({ kpi, behind, search, own }: OtherPartProps) {
  const { shape } = kpiNamed(kpi)
  if (shape !== 'share' && shape !== 'difference') return null
  const { part = 'counted' } = behind
  const other = part === 'counted' ? 'of' : 'counted'
  return <GoLink href={recordsAt(kpi, search, { ...behind, part: other }, own)}>{others[shape][part]}</GoLink>
}

function RecordsTable({ kpi, records, shares }: { kpi: Kpi; records: readonly FigureRecord[]; shares: boolean }) {
  const measured = records.some(({ value }) => value !== null)
  return (
    <TableFrame label="Records">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Title</th>
            <th scope="col">Priority</th>
            <th scope="col">State now</th>
            <th scope="col">Counts from</th>
            {measured && <th scope="col">Value</th>}
            {shares && <th scope="col">Counted</th>}
          </tr>
        </thead>
        <tbody>
          {records.map(({ partId, number: its, title, priority, state, at, value, counted }) => (
            <tr key={partId}>
              <th scope="row">
                <GoLink href={`/t/${its}`}>{its}</GoLink>
              </th>
              <td className={styles.recordTitle}>{title}</td>
              <td>
                <PriorityShape priority={priority} />
              </td>
              <td>
                <State state={state} kind="incident" />
              </td>
              <td>
                <When at={at} />
              </td>
              {measured && <td>{write(kpi, value)}</td>}
              {shares && <td>{counted ? 'yes' : 'no'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
