import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { listAttachments } from '#shared/item/attachments.ts'
import type { Record } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { Ago, When } from '#web/core/time.tsx'
import { useCustomFields } from '#web/item/dictionary.ts'
import { StateShape } from '#web/item/State.tsx'
import { Attachments } from '#web/portal/Files.tsx'
import { Promised } from '#web/portal/Promised.tsx'
import { useReader } from '#web/portal/reader.ts'
import { RequestMoves } from '#web/portal/RequestMoves.tsx'
import { Talk } from '#web/portal/Talk.tsx'
import { Write } from '#web/portal/Write.tsx'
import { isYours, nextStepOf, stageOf } from '#web/portal/words.ts'
import styles from './portal.module.css'

const AnswerBox = lazy(async () => ({ default: (await import('#web/survey/AnswerBox.tsx')).AnswerBox }))

/** One request: where it is, by when, what was said, and what its requester can do about it. */
export function RequestView({ record, score }: { record: Record; score?: number | undefined }) {
  const reader = useReader()
  return (
    <>
      <div className={styles.requestHead}>
        <h1>{record.title}</h1>
        <p className={styles.meta}>
          <span className="mono">{record.number}</span>&nbsp;· reported <Ago at={record.createdAt} long />
        </p>
      </div>
      <Stage record={record} />
      {record.phase === 'done' && (
        <Suspense>
          <AnswerBox itemId={record.id} reader={reader} chosen={score} />
        </Suspense>
      )}
      <div className={styles.columns}>
        <div className={styles.talk}>
          <Talk record={record} />
          {record.can.includes('comment') && <Write record={record} />}
        </div>
        <Facts record={record} />
      </div>
    </>
  )
}

function Stage({ record }: { record: Record }) {
  const me = useReader()
  const next = nextStepOf(record, me)
  return (
    <section className={styles.stageBox} data-yours={isYours(record, me) || undefined} aria-label="Where it is">
      <div className={styles.stageWords}>
        <StateShape state={record.state} />
        <div>
          <strong>{stageOf(record, me)}</strong>
          {next !== '' && <p>{next}</p>}
          <Promised record={record} />
          {record.state === 'resolved' && record.resolutionNotes && (
            <p className={styles.resolution}>{record.resolutionNotes}</p>
          )}
        </div>
      </div>
      <RequestMoves record={record} />
    </section>
  )
}

function Facts({ record }: { record: Record }) {
  const { data: files = [] } = useQuery(query(listAttachments, { itemId: record.id }))
  const custom = useCustomFields('incident').filter(({ name }) => record.custom[name] !== undefined)
  const facts = [
    ['Who has it', record.assignee?.name ?? record.team?.name ?? 'The service desk'],
    ['About', record.service?.name],
    ['Reported for', record.requester.name],
    ['Call back', record.callback],
    ...custom.map(({ label, name }) => [label, shown(record.custom[name])] as const),
  ] as const
  return (
    <aside className={styles.facts} aria-label="Facts">
      <dl>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <div>
          <dt>Last change</dt>
          <dd>
            <When at={record.updatedAt} />
          </dd>
        </div>
      </dl>
      <Attachments files={files} />
    </aside>
  )
}

function shown(value: unknown) {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
