import { incidentStates } from '#shared/incident.ts'
import type { Process } from '#shared/report.ts'
import { duration, number } from '#web/report/format.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
import styles from './report.module.css'

interface MatrixProps {
  readonly process: Process
  readonly names: ReadonlyMap<string | null, string>
}

const mostPlaces = 12

/** States in the order of a life; teams as they come. */
const order = (key: string | null) => (key === null ? -1 : states.indexOf(key))
const states = Object.keys(incidentStates)

const shadeOf = (share: number) => `color-mix(in srgb, var(--accent-soft) ${Math.round(share * 100)}%, transparent)`

/** What led to what, and how long it took before: from the rows to the columns. */
export function Matrix({ process: { places, moves }, names }: MatrixProps) {
  const shown = places
    .slice(0, mostPlaces)
    .map(({ key }) => key)
    .toSorted((a, b) => order(a) - order(b))
  const byPair = new Map(moves.map((move) => [JSON.stringify([move.from, move.to]), move]))
  const most = Math.max(1, ...moves.map(({ count }) => count))
  return (
    <section className={styles.card} aria-label="What led to what" data-wide>
      <div className={styles.cardHead}>
        <h2>What led to what</h2>
      </div>
      <TableFrame label="What led to what, from the rows to the columns">
        <table className={styles.table} data-matrix>
          <thead>
            <tr>
              <th scope="col">From</th>
              {shown.map((key) => (
                <th key={key ?? ''} scope="col">
                  {names.get(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((from) => (
              <tr key={from ?? ''}>
                <th scope="row">{names.get(from)}</th>
                {shown.map((to) => {
                  const move = byPair.get(JSON.stringify([from, to]))
                  return move ? (
                    <td key={to ?? ''} style={{ background: shadeOf(move.count / most) }} data-move>
                      <strong>{number(move.count)}</strong>
                      <span>{move.median === null ? '' : duration(move.median)}</span>
                    </td>
                  ) : (
                    <td key={to ?? ''}>–</td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className={styles.cardFoot}>How many moves, and the median time spent before each.</p>
    </section>
  )
}
