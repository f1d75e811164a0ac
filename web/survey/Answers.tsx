import { useQuery } from '@tanstack/react-query'
import { listAsks, type Ask } from '#shared/survey.ts'
import { query } from '#web/core/api.ts'
import { Ago, useIsAhead } from '#web/core/time.tsx'
import { Section } from '#web/item/Section.tsx'
import { nameOf } from '#web/survey/AnswerBox.tsx'
import styles from './survey.module.css'

/** How satisfied its requester was with a record, for staff to read; it is the requester's alone to write. */
export function Answers({ itemId }: { itemId: string }) {
  const { data: asks = [] } = useQuery(query(listAsks, { itemId }))
  return (
    <Section title="Satisfaction" count={asks.length || undefined} keep={false}>
      {asks.map((ask) => (
        <Answered key={ask.id} ask={ask} />
      ))}
    </Section>
  )
}

function Answered({ ask: { question, person, askedAt, closesAt, answer } }: { ask: Ask }) {
  const open = useIsAhead(closesAt)
  return (
    <div className={styles.asked}>
      <p className={styles.quiet}>{question}</p>
      {answer === null ? (
        <p>
          {person.name} was asked <Ago at={askedAt} long />
          {open ? ' and has not answered yet' : ' and did not answer'}
        </p>
      ) : (
        <>
          <p>
            <b>{answer.score} of 5</b>, {nameOf(answer.score).toLowerCase()}&nbsp;· {person.name},{' '}
            <Ago at={answer.changedAt} long />
          </p>
          {answer.comment !== '' && <p>“{answer.comment}”</p>}
        </>
      )}
    </div>
  )
}
