import { Button, Checkbox, Select, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listCalendars } from '#shared/calendar.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { recalculate, type Definition } from '#shared/sla.ts'
import { call, query, readAgain } from '#web/core/api.ts'
import { When } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
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
        Clocks keep the terms and calendars that they began under. Here they are counted anew by those of today. What
        they said before is kept for figures about the past, and nobody is told of what passed by then.
      </p>
      <Select
        label="Promise"
        placeholder="All"
        clearable
        data={definitions.map(({ id, name }) => ({ value: id, label: name }))}
        value={definitionId}
        onChange={setDefinition}
      />
      <Select
        label="After a change of calendar"
        placeholder="Any"
        clearable
        data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        value={calendarId}
        onChange={setCalendar}
      />
      <Checkbox
        label="Those that are over, too"
        checked={ended}
        onChange={(event) => setEnded(event.currentTarget.checked)}
      />
      <Button variant="default" loading={busy} onClick={() => run(true)}>
        See what would change
      </Button>
      <output>{result && <Changes result={result} />}</output>
      {result?.dry && result.changed > 0 && (
        <Button loading={busy} onClick={() => run(false)}>
          Change {result.changed} {result.changed === 1 ? 'clock' : 'clocks'}
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
      if (!dry) say(`Changed ${found.changed} clocks`)
      if (!dry) await readAgain(client)
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  return { result, busy, run: (dry: boolean) => void go(dry) }
}

function Changes({ result: { examined, ofAll, changed, dry, changes } }: { result: Result }) {
  const records = ofAll > examined ? `the newest ${examined} of ${ofAll} records` : `${examined} records`
  if (changed === 0) return `All clocks of ${records} stay as they are.`
  return (
    <div className={styles.outcome}>
      <p>
        {changed} clocks on {records} {dry ? 'would change' : 'were changed'}.
      </p>
      <table className={styles.changes}>
        <caption className="unseen">What changes</caption>
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
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

const factsName = ({ before, after }: Change) => (after ?? before)?.name ?? ''

function Told({ facts }: { facts: Change['before'] }) {
  if (!facts) return 'none'
  const { state, dueAt, breachedAt, businessMs } = facts
  return (
    <>
      {state}, {lengthWords(businessMs)}
      {dueAt !== null && (
        <>
          , due <When at={dueAt} />
        </>
      )}
      {breachedAt !== null && ', overdue'}
    </>
  )
}
