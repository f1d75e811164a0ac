import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { IncidentState } from '#shared/incident.ts'
import { askProcess, type Process } from '#shared/report.ts'
import { query } from '#web/core/api.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { AskBar } from '#web/report/AskBar.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { duration, number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { Ground } from '#web/report/Ground.tsx'
import { wayAt } from '#web/report/hrefs.ts'
import { Matrix } from '#web/report/Matrix.tsx'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type Asking } from '#web/report/state.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
import styles from './report.module.css'

export type Along = 'state' | 'team'

/** Where nobody works on it any more, time is not spent. */
const over = new Set<string | null>(['resolved', 'closed', 'cancelled'] satisfies IncidentState[])

/** How incidents really went: the ways most of them took, where their time went, and what led to what. */
export function ProcessPage() {
  const asking = useAsked()
  const search: { along?: Along } = useSearch({ strict: false })
  const navigate = useNavigate()
  const along = search.along ?? 'state'
  const choose = (to: Along) =>
    void navigate({ to: '.', search: { ...asking.search, ...(to === 'team' && { along: to }) }, replace: true })
  return (
    <Page title="Figures" beside={<Beside />}>
      <AskBar asking={asking} steps={false} />
      <div className={styles.ways}>
        {(['state', 'team'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={one === along} onClick={() => choose(one)}>
            Through {one}s
          </button>
        ))}
      </div>
      <Answer asking={asking} along={along} />
    </Page>
  )
}

function Answer({ asking, along }: { asking: Asking; along: Along }) {
  const input = { ...asking.question, along }
  const { data, error, isPlaceholderData } = useQuery({
    ...query(askProcess, input),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (!data) return error ? <Failed error={error} /> : <Waiting />
  if (data.cases === 0)
    return (
      <Empty title="Nothing ended in this period">
        <span>The ways are those of incidents that were resolved, closed or cancelled in it.</span>
      </Empty>
    )
  const names = new Map(data.places.map(({ key, label }) => [key, label]))
  return (
    <div className={styles.body} data-old={isPlaceholderData || undefined}>
      <p className={styles.sentence}>{sentenceOf(data, names)}</p>
      <Variants process={data} names={names} along={along} asking={asking} />
      <Places process={data} along={along} />
      <Matrix process={data} names={names} />
      <Ground answer={data} asking={asking} />
    </div>
  )
}

type Names = ReadonlyMap<string | null, string>

function sentenceOf({ cases, ways, variants, places }: Process, names: Names) {
  const [way] = variants
  const place = places.find(({ key }) => !over.has(key))
  const share = Math.round((100 * (way?.count ?? 0)) / cases)
  const path = way?.path.map((key) => names.get(key)).join(', ') ?? ''
  return `${number(cases)} incidents ended and went ${number(ways)} different ways. ${share} % went ${path}. Most time was spent in ${place?.label ?? ''}.`
}

interface PartProps {
  readonly process: Process
  readonly along: Along
}

function Variants({
  process: { variants, cases, ways },
  names,
  along,
  asking,
}: PartProps & { names: Names; asking: Asking }) {
  const most = variants[0]?.count ?? 1
  return (
    <section className={styles.card} aria-label="Ways" data-wide>
      <div className={styles.cardHead}>
        <h2>The ways that most went</h2>
      </div>
      <TableFrame label="The ways that most went, as a table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Way</th>
              <th scope="col">Incidents</th>
              <th scope="col">Share</th>
              <th scope="col">Median time</th>
              <th scope="col">90th percentile</th>
            </tr>
          </thead>
          <tbody>
            {variants.map(({ path, count, median, p90 }) => (
              <tr key={path.join()}>
                <th scope="row" className={styles.way}>
                  <ol>
                    {path.map((key, at) => (
                      // oxlint-disable-next-line react/no-array-index-key -- a way may come by one place more than once
                      <li key={at} data-state={along === 'state' ? key : undefined}>
                        {names.get(key) ?? key}
                      </li>
                    ))}
                  </ol>
                </th>
                <td className={styles.barCell}>
                  <span className={styles.bar} style={{ inlineSize: `${((100 * count) / most).toFixed(1)}%` }} />
                  <GoLink href={wayAt(path, along, asking.search)}>{number(count)}</GoLink>
                </td>
                <td>{((100 * count) / cases).toFixed(1)} %</td>
                <td>{median === null ? '–' : duration(median)}</td>
                <td>{p90 === null ? '–' : duration(p90)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {ways > variants.length && (
        <p className={styles.cardFoot}>{number(ways - variants.length)} rarer ways are not shown.</p>
      )}
    </section>
  )
}

function Places({ process: { places }, along }: PartProps) {
  const most = Math.max(1, ...places.map(({ total }) => total))
  const all = places.reduce((sum, { total }) => sum + total, 0) || 1
  return (
    <section className={styles.card} aria-label="Where time goes" data-wide>
      <div className={styles.cardHead}>
        <h2>Where time goes</h2>
      </div>
      <TableFrame label="Where time goes, as a table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{along === 'state' ? 'State' : 'Team'}</th>
              <th scope="col">All time</th>
              <th scope="col">Share</th>
              <th scope="col">Incidents</th>
              <th scope="col">Visits</th>
              <th scope="col">Median visit</th>
              <th scope="col">90th percentile</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ key, label, total, cases, visits, median, p90 }) => (
              <tr key={key ?? ''}>
                <th scope="row">{label}</th>
                <td className={styles.barCell}>
                  <span className={styles.bar} style={{ inlineSize: `${((100 * total) / most).toFixed(1)}%` }} />
                  <span className={styles.onBar}>{duration(total)}</span>
                </td>
                <td>{((100 * total) / all).toFixed(1)} %</td>
                <td>{number(cases)}</td>
                <td>{number(visits)}</td>
                <td>{median === null ? '–' : duration(median)}</td>
                <td>{p90 === null ? '–' : duration(p90)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  )
}
