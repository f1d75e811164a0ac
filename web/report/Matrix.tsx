import { incidentStates } from '#shared/incident.ts'
import type { Process } from '#shared/report.ts'
import { t } from '#web/core/words.ts'
import { Card } from '#web/report/Card.tsx'
import { duration, number } from '#web/report/format.ts'
import { Table, type Column } from '#web/report/Table.tsx'
import styles from './matrix.module.css'

type Place = string | null

interface MatrixProps {
  readonly process: Process
  readonly names: ReadonlyMap<Place, string>
}

const mostPlaces = 12

/** States in the order of a life; teams as they come. */
const order = (place: Place) => (place === null ? -1 : states.indexOf(place))
const states = Object.keys(incidentStates)

/** What led to what, and how long it took before: from the rows to the columns. */
export function Matrix({ process: { places, moves }, names }: MatrixProps) {
  const shown = places
    .slice(0, mostPlaces)
    .map(({ key }) => key)
    .toSorted((a, b) => order(a) - order(b))
  const most = Math.max(1, ...moves.map(({ count }) => count))
  const columnTo = (to: Place): Column<Place> => ({
    head: names.get(to) ?? '',
    render: (from) => <Move move={moves.find((move) => move.from === from && move.to === to)} most={most} />,
  })
  return (
    <Card title={t('What led to what')} foot={t('How many moves, and the median time spent before each.')}>
      <Table
        label={t('What led to what, from the rows to the columns')}
        columns={[{ head: t('From'), render: (from) => names.get(from) }, ...shown.map(columnTo)]}
        rows={shown}
        keyOf={(from) => from ?? ''}
      />
    </Card>
  )
}

function Move({ move, most }: { move: Process['moves'][number] | undefined; most: number }) {
  if (!move) return '–'
  return (
    <>
      <span className={styles.shade} style={{ opacity: move.count / most }} />
      <strong className={styles.count}>{number(move.count)}</strong>
      <span className={styles.before}>{move.median === null ? '' : duration(move.median)}</span>
    </>
  )
}
