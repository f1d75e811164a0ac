import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Refused } from '#web/core/api.ts'
import { Plain } from '#web/core/Plain.tsx'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

/** A page that could not be read: why, and a way on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const refused = error instanceof Refused ? error : undefined
  const again = async () => {
    await router.invalidate()
    reset()
  }
  return (
    <div className={styles.fallback} role="alert">
      <h1>{headline(refused?.status)}</h1>
      <p>{error instanceof Error ? error.message : t('Something unexpected happened')}</p>
      {refused?.id !== undefined && <p className="mono">{refused.id}</p>}
      <Plain onClick={again}>{t('Try again')}</Plain>
    </div>
  )
}

function headline(status: number | undefined) {
  if (status === 404) return t('There is nothing here, or it is not yours to see')
  if (status === 403) return t('This is not yours to see')
  if (status === 0) return t('The desk cannot be reached')
  return t('This page could not be shown')
}

export function PageMissing() {
  return (
    <div className={styles.fallback}>
      <h1>{t('There is no such page')}</h1>
      <a href="/" data-plain="default">
        {t('Go to the start')}
      </a>
    </div>
  )
}

/** Nothing for 150 ms, then a quiet line: what is quick should not flicker. */
export function PagePending() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return <output className={styles.fallback}>{late ? t('Loading…') : ''}</output>
}
