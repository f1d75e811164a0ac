import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { FigureRecord } from '#shared/report.ts'
import { KpiName } from '#shared/report.ts'
import { ages } from '#shared/report/ages.ts'
import { kpiNamed, type KpiName as Kpi } from '#shared/report/kpis.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { Plain } from '#web/core/Plain.tsx'
import { T } from '#web/core/T.tsx'
import { When } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { PriorityShape } from '#web/item/Priority.tsx'
import { State } from '#web/item/State.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { spanName } from '#web/report/dates.ts'
import { write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { figureAt, recordsAt, type Behind } from '#web/report/hrefs.ts'
import { useRecords } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type FigureSearch } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'
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
      <Page title={t('Figures')} beside={<Beside />}>
        <Empty title={t('There is no such figure')} />
      </Page>
    )
  const label = t(kpiNamed(kpi).label)
  return (
    <Page title={label} beside={<Beside />}>
      <h2 className={styles.title}>{t('{figure}: the records behind', { figure: label })}</h2>
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
        <T
          of="{count, plural, one {# record} other {# records}}, {span}, as of {when}."
          values={{
            count: data.total,
            span: spanName(behind.from ?? data.from, behind.to ?? data.to, data.zone),
            when: <When at={data.asOf} />,
          }}
        />{' '}
        <AgeWords days={behind.age} />
        <GoLink href={figureAt(kpi, search, own)}>{t('The figure')}</GoLink>{' '}
        <OtherPart kpi={kpi} behind={behind} search={search} own={own} />
      </p>
      {data.records.length > 0 ? (
        <RecordsTable
          kpi={kpi}
          records={data.records}
          shares={kpiNamed(kpi).shape === 'share' && behind.part === 'of'}
        />
      ) : (
        <Empty title={t('No records')}>
          <span>{t('This number is made of nothing.')}</span>
        </Empty>
      )}
      <div className={styles.pager}>
        {pages.length > 0 && <Plain onClick={() => setPages(pages.slice(0, -1))}>{t('Newer')}</Plain>}
        {data.next !== null && <Plain onClick={() => setPages([...pages, data.next ?? ''])}>{t('Older')}</Plain>}
      </div>
    </>
  )
}

function AgeWords({ days }: { days: number | undefined }) {
  const age = ages.find(({ from }) => from === days)
  return age ? `${t('Age: {age}.', { age: t(age.label) })} ` : null
}

const others = {
  share: { counted: t('All that it is a share of'), of: t('Only those counted') },
  difference: { counted: t('Those resolved'), of: t('Those opened') },
}

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
  return (
    <Table
      label={t('Records')}
      columns={[
        { head: t('Number'), render: (record) => <GoLink href={`/t/${record.number}`}>{record.number}</GoLink> },
        { head: t('Title'), words: true, render: ({ title }) => title },
        { head: t('Priority'), render: ({ priority }) => <PriorityShape priority={priority} /> },
        { head: t('State now'), render: ({ state }) => <State state={state} kind="incident" /> },
        { head: t('Counts from'), render: ({ at }) => <When at={at} /> },
        records.some(({ value }) => value !== null) && { head: t('Value'), render: ({ value }) => write(kpi, value) },
        shares && { head: t('Counted'), render: ({ counted }) => (counted ? t('yes') : t('no')) },
      ]}
      rows={records}
      keyOf={({ partId }) => partId}
    />
  )
}
