import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { countRecords } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { counted } from '#web/core/numbers.ts'
import { Plain } from '#web/core/Plain.tsx'
import type { Cursor } from '#web/item/cursor.ts'
import type { ListPlace } from '#web/item/place.ts'
import { applies, type Bench } from '#web/item/verbs.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

interface BulkBarProps {
  place: ListPlace
  bench: Bench
  cursor: Cursor
  /** Whether the list goes on beyond what is loaded, all of which is selected. */
  further: boolean
}

/** What can be done with all that is selected, by the same verbs and keys as with one. */
export function BulkBar({ place: { kind, filter }, bench, cursor, further }: BulkBarProps) {
  const { data: all } = useQuery({ ...query(countRecords, { kind: kind.name, filter }), enabled: further })
  const offered = kind.verbs.filter((verb) => verb.bulk === true && applies(verb, bench))
  const matching = cursor.matching !== undefined
  return (
    <section className={styles.bulk} aria-label={t('Selection')} data-region data-bulk tabIndex={-1}>
      <output>
        {matching && all
          ? t('All {count} that match selected', { count: counted(all) })
          : t('{count} selected', { count: cursor.selected.size })}
      </output>
      {further && !matching && all && (
        <Plain tone="link" onClick={() => cursor.selectMatching({ filter, count: all.value })}>
          {t('Select all {count} that match', { count: counted(all) })}
        </Plain>
      )}
      {offered.map((verb) => (
        <Plain key={verb.id} onClick={() => verb.run(bench)} keys={verb.keys}>
          {verb.short ?? verb.label}
        </Plain>
      ))}
      <Plain
        tone="icon"
        aria-label={t('Clear the selection')}
        onClick={cursor.clear}
        icon={<X size={16} aria-hidden="true" />}
      />
    </section>
  )
}
