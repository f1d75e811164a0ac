import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerAsk, listAsks, scores, type Ask } from '#shared/survey.ts'
import { query } from '#web/core/api.ts'
import { focusOnArrival, FormEnd, useForm } from '#web/core/form.tsx'
import { useIsAhead } from '#web/core/time.tsx'
import { locale, t } from '#web/core/words.ts'
import styles from './survey.module.css'

interface AnswerBoxProps {
  readonly itemId: string
  /** Who reads: what others were asked is not theirs to answer. */
  readonly reader: string
  /** What the link that somebody followed has chosen; it counts once they confirm it. */
  readonly chosen?: number | undefined
}

/** What its requester is asked about a request, and what they answered. */
export function AnswerBox({ itemId, reader, chosen }: AnswerBoxProps) {
  const { data: asks = [] } = useQuery(query(listAsks, { itemId }))
  const mine = asks.filter(({ person }) => person.id === reader)
  return mine.map((ask) => <Asked key={ask.id} itemId={itemId} ask={ask} chosen={chosen} />)
}

interface AskedProps {
  readonly itemId: string
  readonly ask: Ask
  readonly chosen: number | undefined
}

function Asked({ itemId, ask, chosen }: AskedProps) {
  const { answer, closesAt } = ask
  const open = useIsAhead(closesAt)
  const [changing, setChanging] = useState(chosen !== undefined && chosen !== answer?.score)
  const [done, setDone] = useState(false)
  if (open && (changing || answer === null)) {
    const said = () => {
      setChanging(false)
      setDone(true)
    }
    return <Answering itemId={itemId} ask={ask} chosen={chosen} done={said} />
  }
  if (answer !== null) return <Given answer={answer} fresh={done} change={open ? () => setChanging(true) : undefined} />
  return chosen === undefined ? null : <p className={styles.over}>{t('The time to answer this is over.')}</p>
}

interface GivenProps {
  readonly answer: NonNullable<Ask['answer']>
  /** It was given just now, and the form that had the focus is gone. */
  readonly fresh: boolean
  readonly change: (() => void) | undefined
}

function Given({ answer: { score, comment }, fresh, change }: GivenProps) {
  return (
    <section className={styles.box} aria-label={t('Your answer')}>
      <p ref={fresh ? focusOnArrival : null} tabIndex={-1} className={styles.thanks}>
        <strong>{t('Thank you.')}</strong>{' '}
        {t('You gave it {score} of 5: {name}.', { score, name: within(nameOf(score)) })}
      </p>
      {comment !== '' && <p className={styles.comment}>{comment}</p>}
      {change && (
        <div>
          <Button variant="default" onClick={change}>
            {t('Change the answer')}
          </Button>
        </div>
      )}
    </section>
  )
}

export const nameOf = (score: number) => t(Object.entries(scores).find(([key]) => key === String(score))?.[1] ?? '')

/** The name of a score where it stands within a sentence. */
export const within = (name: string) => name.toLocaleLowerCase(locale())

interface AnsweringProps {
  readonly itemId: string
  readonly ask: Ask
  readonly chosen: number | undefined
  readonly done: () => void
}

function Answering({ itemId, ask: { id, question, answer }, chosen, done }: AnsweringProps) {
  const form = useForm({
    start: { score: String(chosen ?? answer?.score ?? ''), comment: answer?.comment ?? '' },
    endpoint: answerAsk,
    input: ({ score, comment }) => ({ itemId, id, score: Number(score), comment }),
    done,
  })
  const wrong = form.errors['score']
  return (
    <form {...form.bind} className={styles.box} aria-label={t('Your answer')}>
      <fieldset
        className={styles.scores}
        data-error={wrong !== undefined || undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
      >
        <legend>{question}</legend>
        {Object.entries(scores).map(([score, name]) => (
          <label key={score}>
            <input
              type="radio"
              name={id}
              value={score}
              checked={form.values.score === score}
              ref={String(chosen) === score ? focusOnArrival : null}
              onChange={() => form.set({ score })}
            />
            <b>{score}</b>
            {t(name)}
          </label>
        ))}
      </fieldset>
      {wrong !== undefined && (
        <p id={`${id}-wrong`} className={styles.wrong}>
          {wrong}
        </p>
      )}
      <Textarea
        label={t('What should we know?')}
        description={t('As you like')}
        autosize
        minRows={2}
        maxRows={8}
        {...form.text('comment')}
      />
      <FormEnd form={form} label={t('Send the answer')} />
    </form>
  )
}
