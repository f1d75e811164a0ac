import { T } from '#web/core/T.tsx'
import { When } from '#web/core/time.tsx'
import { Plain } from '#web/core/Plain.tsx'
import { t } from '#web/core/words.ts'
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
  const values = { span: spanName(from, to, zone), zone, when: <When at={asOf} /> }
  return (
    <footer className={styles.ground}>
      <span>
        {before ? (
          <T
            of="{span} ({zone}), against {before}, as of {when}."
            values={{ ...values, before: spanName(before.from, before.to, zone) }}
          />
        ) : (
          <T of="{span} ({zone}), as of {when}." values={values} />
        )}
      </span>
      {because !== null && <span> {because}</span>}
      {asking.asOf === undefined && (
        <Plain tone="link" onClick={() => asking.go({ asOf })}>
          {t('Keep this as-of in the address')}
        </Plain>
      )}
    </footer>
  )
}
