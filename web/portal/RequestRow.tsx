import { Link } from '@tanstack/react-router'
import type { Row } from '#shared/records.ts'
import { Ago, useIsAhead } from '#web/core/time.tsx'
import { StateShape } from '#web/item/State.tsx'
import { useReader } from '#web/portal/reader.ts'
import { isYours, nextStepOf, stageOf } from '#web/portal/words.ts'
import styles from './portal.module.css'

/** One request in a list: what it is about, where it is, and what comes next. */
export function RequestRow({ row, whose = false }: { row: Row; whose?: boolean }) {
  const me = useReader()
  const next = nextStepOf(row, me)
  return (
    <li>
      <Link
        to="/portal/requests/$number"
        params={{ number: row.number }}
        className={styles.request}
        data-yours={isYours(row, me) || undefined}
      >
        <span className={styles.requestShape}>
          <StateShape state={row.state} />
        </span>
        <span className={styles.requestText}>
          <strong>{row.title}</strong>
          <span className={styles.stage}>
            {stageOf(row, me)}
            {next !== '' && <span className={styles.dot}>&nbsp;· </span>}
            {next !== '' && <span className={styles.next}>{next}</span>}
          </span>
          <span className={styles.meta}>
            {row.number}
            {whose && <>&nbsp;· {row.requester.name}</>}&nbsp;· <Ago at={row.updatedAt} long />
            {row.dueAt !== null && <Promised at={row.dueAt} />}
          </span>
        </span>
      </Link>
    </li>
  )
}

/** A promise in a list: how long it still has, or that it is late. */
function Promised({ at }: { at: string }) {
  const late = !useIsAhead(at)
  return (
    <>
      &nbsp;· {late ? 'promised ' : 'due '}
      <Ago at={at} long />
      {late && ', late'}
    </>
  )
}
