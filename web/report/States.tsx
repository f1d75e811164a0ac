import { useEffect, useState } from 'react'
import { Refused } from '#web/core/api.ts'
import { Empty } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import styles from './states.module.css'

/** What could not be answered, in the desk's own words. */
export function Failed({ error }: { error: Error }) {
  const asked = error instanceof Refused && error.status === 400
  return (
    <div role="alert">
      <Empty title={asked ? t('This cannot be asked') : t('The figures could not be read')}>
        <span>{error.message}</span>
      </Empty>
    </div>
  )
}

/** Nothing at first: what is quick should not flicker. */
export function Waiting() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return <output className={styles.waiting}>{late ? t('Loading…') : ''}</output>
}
