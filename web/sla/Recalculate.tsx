import { Button, Checkbox, Select, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listCalendars } from '#shared/calendar.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { recalculate, type Definition } from '#shared/sla.ts'
import type { ClockState } from '#shared/sla/clock.ts'
import { T } from '#web/core/T.tsx'
import { call, query, readAgain } from '#web/core/api.ts'
import { When } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { lengthWords } from '#web/sla/words.ts'
import styles from './admin.module.css'

type Result = Output<typeof recalculate>

/** Counts clocks anew by today's calendars and terms: first what would change, and only then the change. */
export function Recalculate({ definitions }: { definitions: readonly Definition[] }) {
  const { data: calendars = [] } = useQuery(query(listCalendars, {}))
  const [definitionId, setDefinition] = useState<string | null>(null)
  const [calendarId, setCalendar] = useState<string | null>(null)
  const [ended, setEnded] = useState(false)
  const { result, busy, run } = useRecalculation({ definitionId, calendarId, ended })
  return (
    <Stack gap="md">
      <p className={styles.hint}>
        {t(
          'Clocks keep the terms and calendars that they began under. Here they are counted anew by those of today. What they said before is kept for figures about the past, and nobody is told of what passed by then.',
        )}
      </p>
      <Select
        label={t('Promise')}
        placeholder={t('All')}
        clearable
        data={definitions.map(({ id, name }) => ({ value: id, label: name }))}
        value={definitionId}
        onChange={setDefinition}
      />
      <Select
        label={t('After a change of calendar')}
        placeholder={t('Any')}
        clearable
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        value={calendarId}
        onChange={setCalendar}
      />
      <Checkbox
        label={t('Those that are over, too')}
        checked={ended}
        onChange={(event) => setEnded(event.currentTarget.checked)}
      />
      <Button variant="default" loading={busy} onClick={() => run(true)}>
        {t('See what would change')}
      </Button>
      <output>{result && <Changes result={result} />}</output>
      {result?.dry && result.changed > 0 && (
        <Button loading={busy} onClick={() => run(false)}>
          {t('{count, plural, one {Change # clock} other {Change # clocks}}', { count: result.changed })}
        </Button>
      )}
    </Stack>
  )
}

interface Asked {
  readonly definitionId: string | null
  readonly calendarId: string | null
  readonly ended: boolean
}

function useRecalculation({ definitionId, calendarId, ended }: Asked) {
  const client = useQueryClient()
  const [result, setResult] = useState<Result>()
  const [busy, setBusy] = useState(false)
  const go = async (dry: boolean) => {
    setBusy(true)
    const which = { ...(definitionId !== null && { definitionId }), ...(calendarId !== null && { calendarId }) }
    try {
      const found = await call(recalculate, { ...which, ended, dry })
      setResult(found)
      if (!dry) say(t('{count, plural, one {Changed # clock} other {Changed # clocks}}', { count: found.changed }))
      if (!dry) await readAgain(client)
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  return { result, busy, run: (dry: boolean) => void go(dry) }
}

function Changes({ result: { examined, ofAll, changed, dry, changes } }: { result: Result }) {
  const records =
    ofAll > examined
      ? t('the newest {examined} of {ofAll} records', { examined, ofAll })
      : t('{count, plural, one {# record} other {# records}}', { count: examined })
  if (changed === 0) return t('All clocks of {records} stay as they are.', { records })
  return (
    <div className={styles.outcome}>
      <p>
        {dry
          ? t('{count, plural, one {# clock on {records} would change.} other {# clocks on {records} would change.}}', {
              count: changed,
              records,
            })
          : t('{count, plural, one {# clock on {records} was changed.} other {# clocks on {records} were changed.}}', {
              count: changed,
              records,
            })}
      </p>
      <table className={styles.changes}>
        <caption className="unseen">{t('What changes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Record')}</th>
            <th scope="col">{t('Before')}</th>
            <th scope="col">{t('After')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, 50).map((change) => (
            <tr key={`${change.itemId} ${change.before?.startedAt} ${change.after?.startedAt} ${factsName(change)}`}>
              <th scope="row">
                <span className="mono">{change.number}</span>
                <br />
                {factsName(change)}
              </th>
              <td>
                <Told facts={change.before} />
              </td>
              <td>
                <Told facts={change.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Change = Result['changes'][number]

const states: Readonly<Record<ClockState, string>> = {
  running: t('running'),
  paused: t('paused'),
  stopped: t('stopped'),
  cancelled: t('called off'),
}

const factsName = ({ before, after }: Change) => (after ?? before)?.name ?? ''

function Told({ facts }: { facts: Change['before'] }) {
  if (!facts) return t('none')
  const { state, dueAt, breachedAt, businessMs } = facts
  return (
    <>
      {states[state]}, {lengthWords(businessMs)}
      {dueAt !== null && (
        <>
          {', '}
          <T of="due {when}" values={{ when: <When at={dueAt} /> }} />
        </>
      )}
      {breachedAt !== null && `, ${t('overdue')}`}
    </>
  )
}
