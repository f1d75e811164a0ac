import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { t } from '#web/core/words.ts'
import styles from './admin.module.css'

interface HealthStateProps {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly wrong: readonly string[]
}

const said = {
  ok: { icon: CircleCheck, text: t('Everything works') },
  degraded: { icon: TriangleAlert, text: t('The desk works, but something needs you') },
  down: { icon: CircleX, text: t('The desk does not work') },
} as const

export function HealthState({ status, wrong }: HealthStateProps) {
  const { icon: Icon, text } = said[status]
  return (
    <div className={styles.state} data-state={status}>
      <Icon size={16} aria-hidden="true" />
      <div>
        <strong>{text}</strong>
        {wrong.length > 0 && (
          <ul>
            {wrong.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
