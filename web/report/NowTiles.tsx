import { useQuery } from '@tanstack/react-query'
import { countRecords } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { queueAt } from '#web/report/hrefs.ts'
import page from './report.module.css'
import styles from './tile.module.css'

export interface Now {
  readonly label: string
  readonly filter: string
  readonly sort?: string
  readonly tone?: 'warn' | 'breach'
}

/** What is so at this moment: each number is a queue, and opens it. */
export function NowTiles({ tiles }: { tiles: readonly Now[] }) {
  return (
    <section className={page.tiles} aria-label={t('Now')}>
      {tiles.map((tile) => (
        <NowTile key={tile.label} {...tile} />
      ))}
    </section>
  )
}

function NowTile({ label, filter, sort, tone }: Now) {
  const { data } = useQuery({ ...query(countRecords, { kind: 'incident', filter }), refetchInterval: 30_000 })
  const some = (data?.value ?? 0) > 0
  return (
    <GoLink className={styles.now} href={queueAt(filter, sort)} data-tone={some ? tone : undefined}>
      <span className={styles.nowLabel}>{label}</span>
      <strong>{data ? `${data.exact ? '' : '≈ '}${number(data.value)}` : '…'}</strong>
    </GoLink>
  )
}
