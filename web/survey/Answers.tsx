import { useQuery } from '@tanstack/react-query'
import { listAsks, type Ask } from '#shared/survey.ts'
import { query } from '#web/core/api.ts'
import { T } from '#web/core/T.tsx'
import { Ago, useIsAhead } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { Section } from '#web/item/Section.tsx'
import { nameOf, within } from '#web/survey/AnswerBox.tsx'
import styles from './survey.module.css'

/** How satisfied its requester was with a record, for staff to read; it is the requester's alone to write. */
export function Answers({ itemId }: { itemId: string }) {
  const { data: asks = [] } = useQuery(query(listAsks, { itemId }))
  return (
    <Section title={t('Satisfaction')} count={asks.length || undefined} keep={false}>
      {asks.map((ask) => (
        <Answered key={ask.id} ask={ask} />
      ))}
    </Section>
  )
}

function Answered({ ask: { question, person, askedAt, closesAt, answer } }: { ask: Ask }) {
  const open = useIsAhead(closesAt)
  const asked = { name: person.name, when: <Ago at={askedAt} long /> }
  return (
    <div className={styles.asked}>
      <p className={styles.quiet}>{question}</p>
      {answer === null ? (
        <p>
          {open ? (
            <T of="{name} was asked {when} and has not answered yet" values={asked} />
          ) : (
            <T of="{name} was asked {when} and did not answer" values={asked} />
          )}
        </p>
      ) : (
        <>
          <p>
            <b>{t('{score} of 5', { score: answer.score })}</b>, {within(nameOf(answer.score))}&nbsp;· {person.name},{' '}
            <Ago at={answer.changedAt} long />
          </p>
          {answer.comment !== '' && <p>{t('“{text}”', { text: answer.comment })}</p>}
        </>
      )}
    </div>
  )
}
