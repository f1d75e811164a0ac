import { CloseButton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Incident } from '#shared/incident.ts'
import { getRecord } from '#shared/records.ts'
import { query, Refused } from '#web/core/api.ts'
import { resolveAfter } from '#web/incident/moves.tsx'
import { Properties } from '#web/incident/Properties.tsx'
import { PeekBar, RecordHead } from '#web/incident/RecordHead.tsx'
import { Around } from '#web/incident/Around.tsx'
import { runVerb, useRecordBench } from '#web/incident/useOpenRecord.ts'
import { HandlingNotes } from '#web/item/About.tsx'
import { DropZone } from '#web/item/Attachments.tsx'
import { Composer } from '#web/item/Composer.tsx'
import { Conversation } from '#web/item/Conversation.tsx'
import { History } from '#web/item/History.tsx'
import { Slot } from '#web/item/Slot.tsx'
import styles from '#web/item/record.module.css'

interface PeekProps {
  number: string
  onClose: () => void
  onStep: (by: number) => void
}

/** A record beside its list: all of it can be read and changed, and the list keeps the keyboard. */
export function Peek({ number, onClose, onStep }: PeekProps) {
  const { data: incident, error } = useQuery(query(getRecord, { key: number }))
  return (
    <aside className={styles.peek} aria-label={`Record ${number}`} data-region tabIndex={-1}>
      {incident ? (
        <PeekedRecord incident={incident} onClose={onClose} onStep={onStep} />
      ) : (
        <div className={styles.bar}>
          <span className="mono">{number}</span>
          <span className={styles.gap} />
          <CloseButton aria-label="Close the peek" onClick={onClose} />
        </div>
      )}
      {error && <p className={styles.missing}>{missing(error)}</p>}
    </aside>
  )
}

const missing = (error: Error) =>
  error instanceof Refused && error.status === 404
    ? 'There is no such record, or it is not yours to see.'
    : error.message

interface PeekedRecordProps {
  incident: Incident
  onClose: () => void
  onStep: (by: number) => void
}

function PeekedRecord({ incident, onClose, onStep }: PeekedRecordProps) {
  const bench = useRecordBench(incident)
  const [tab, setTab] = useState<string | null>('conversation')
  return (
    <DropZone itemId={incident.id}>
      <PeekBar incident={incident} bench={bench} onClose={onClose} onStep={onStep} />
      <div className={styles.scroll} tabIndex={-1}>
        <RecordHead incident={incident} bench={bench} />
        <Slot place="record-top" itemId={incident.id} />
        <HandlingNotes itemId={incident.id} />
        <Properties key={incident.id} incident={incident} bench={bench} run={runVerb(bench)} folded />
        <Tabs value={tab} onChange={setTab} keepMounted={false} className={styles.tabs ?? ''}>
          <Tabs.List>
            <Tabs.Tab value="conversation">Conversation</Tabs.Tab>
            <Tabs.Tab value="around">Related</Tabs.Tab>
            <Tabs.Tab value="history">History</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="conversation">
            <Conversation record={incident} />
          </Tabs.Panel>
          <Tabs.Panel value="around">
            <Around incident={incident} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History itemId={incident.id} />
          </Tabs.Panel>
        </Tabs>
      </div>
      <Composer key={incident.id} record={incident} onResolve={(send) => resolveAfter(bench, send)} />
    </DropZone>
  )
}
