import { X } from 'lucide-react'
import { Plain } from '#web/core/Plain.tsx'
import { useSignal } from '#web/core/signal.ts'
import { progress } from '#web/item/bulk.ts'
import { applies, type Bench, type Verb } from '#web/item/verbs.ts'
import styles from './list.module.css'

interface BulkBarProps {
  verbs: readonly Verb[]
  bench: Bench
  count: number
  onClear: () => void
}

/** What can be done with all that is selected, by the same verbs and keys as with one. */
export function BulkBar({ verbs, bench, count, onClear }: BulkBarProps) {
  const working = useSignal(progress)
  if (count === 0 && !working) return null
  const offered = verbs.filter((verb) => verb.bulk === true && applies(verb, bench))
  return (
    <section className={styles.bulk} aria-label="Selection" data-region tabIndex={-1}>
      <output>{working ? `${working.label}: ${working.done} of ${working.total}` : `${count} selected`}</output>
      {offered.map((verb) => (
        <Plain key={verb.id} disabled={working !== null} onClick={() => verb.run(bench)} keys={verb.keys}>
          {verb.short ?? verb.label}
        </Plain>
      ))}
      <Plain tone="icon" aria-label="Clear the selection" onClick={onClear} icon={<X size={16} aria-hidden="true" />} />
    </section>
  )
}
