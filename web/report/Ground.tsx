import { When } from '#web/core/time.tsx'
import { Plain } from '#web/core/Plain.tsx'
import { spanName } from '#web/report/dates.ts'
import type { Asking } from '#web/report/state.ts'
import styles from './report.module.css'

interface GroundProps {
  readonly answer: {
    readonly asOf: string
    readonly zone: string
    readonly from: string
    readonly to: string
    readonly because: string | null
    readonly before?: { readonly from: string; readonly to: string } | null
  }
  readonly asking: Asking
}

/** What the figures on a page stand on, so that they can be asked again. */
export function Ground({ answer: { asOf, zone, from, to, because, before }, asking }: GroundProps) {
  return (
    <footer className={styles.ground}>
      <span>
        {spanName(from, to, zone)} ({zone}){before && <>, against {spanName(before.from, before.to, zone)}</>}, as of{' '}
        <When at={asOf} />.
      </span>
      {because !== null && <span> {because}</span>}
      {asking.asOf === undefined && (
        <Plain tone="link" onClick={() => asking.go({ asOf })}>
          Keep this as-of in the address
        </Plain>
      )}
    </footer>
  )
}
