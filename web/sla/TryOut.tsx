import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { previewTerms, simulateTerms, type Definition } from '#shared/sla.ts'
import type { Terms } from '#shared/sla/terms.ts'
import { T } from '#web/core/T.tsx'
import { call } from '#web/core/api.ts'
import { When } from '#web/core/time.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { locale, t } from '#web/core/words.ts'
import styles from './admin.module.css'

interface TryOutProps {
  readonly name: string
  readonly type: Definition['type']
  readonly target: Definition['target']
  readonly terms: Terms
}

/** What these terms would do to one record, and what they would have come to. Nothing is changed by it. */
export function TryOut({ name, ...wanted }: TryOutProps) {
  const asked = { ...wanted, name: name === '' ? t('New promise') : name }
  return (
    <fieldset className={styles.part}>
      <legend>{t('Try it')}</legend>
      <Preview asked={asked} />
      <Simulation asked={asked} />
    </fieldset>
  )
}

/** Runs a question, and keeps its answer until another is asked. */
function useAsked<T>(ask: () => Promise<T>) {
  const [answer, setAnswer] = useState<T>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    setAnswer(undefined)
    try {
      setAnswer(await ask())
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  return { answer, busy, run: () => void run() }
}

function Preview({ asked }: { asked: TryOutProps }) {
  const [key, setKey] = useState('')
  const { answer, busy, run } = useAsked(() => call(previewTerms, { key, ...asked }))
  return (
    <div className={styles.outcome}>
      <div className={styles.two}>
        <TextInput
          label={t('On a record')}
          placeholder="INC0000001"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button variant="default" loading={busy} disabled={key.trim() === ''} onClick={run} mt={24}>
          {t('Preview')}
        </Button>
      </div>
      <output>{answer && <Previewed preview={answer} />}</output>
    </div>
  )
}

function Previewed({ preview: { title, clocks, because } }: { preview: Output<typeof previewTerms> }) {
  if (clocks.length === 0) return `${t('“{title}” would have no clock.', { title })} ${because ?? ''}`
  return (
    <>
      {t('“{title}” would have:', { title })}
      <ul>
        {clocks.map(({ attachedAt, sentence, dueAt }) => (
          <li key={attachedAt}>
            {sentence} {dueAt !== null && <T of="Due {when}." values={{ when: <When at={dueAt} /> }} />}
          </li>
        ))}
      </ul>
    </>
  )
}

const periods = [
  { value: '7', label: t('The last 7 days') },
  { value: '30', label: t('The last 30 days') },
  { value: '90', label: t('The last 90 days') },
  { value: '365', label: t('The last year') },
]

function Simulation({ asked }: { asked: TryOutProps }) {
  const [days, setDays] = useState('30')
  const { answer, busy, run } = useAsked(() => {
    const to = new Date()
    const from = new Date(to.getTime() - Number(days) * 86_400_000)
    return call(simulateTerms, { ...asked, from: from.toISOString(), to: to.toISOString() })
  })
  return (
    <div className={styles.outcome}>
      <div className={styles.two}>
        <Select
          label={t('On what was opened in')}
          data={periods}
          allowDeselect={false}
          value={days}
          onChange={(value) => setDays(value ?? '30')}
        />
        <Button variant="default" loading={busy} onClick={run} mt={24}>
          {t('Simulate')}
        </Button>
      </div>
      <output>{answer && <Simulated result={answer} />}</output>
    </div>
  )
}

const tenth = (value: number) => value.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })

function Simulated({ result }: { result: Output<typeof simulateTerms> }) {
  const { records, met, breached, open, cancelled, compliance, examined, ofAll, examples } = result
  if (records === 0) return t('None of {examined} incidents would have had a clock.', { examined })
  return (
    <>
      <p>
        <strong>
          {compliance === null
            ? t('Nothing is over yet')
            : t('{percent} % in time', { percent: tenth(compliance * 100) })}
        </strong>
        {': '}
        {t('{met} in time, {breached} too late, {open} still open, {cancelled} called off.', {
          met,
          breached,
          open,
          cancelled,
        })}{' '}
        {ofAll > examined
          ? t('On {records} of {examined} incidents, the newest of {ofAll}.', { records, examined, ofAll })
          : t('On {records} of {examined} incidents.', { records, examined })}
      </p>
      {examples.length > 0 && (
        <ul>
          {examples.slice(0, 5).map(({ id, number, title, sentence }) => (
            <li key={id}>
              <span className="mono">{number}</span> {title}: {sentence}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
