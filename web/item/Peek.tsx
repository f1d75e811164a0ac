import { CloseButton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getRecord, type Record } from '#shared/records.ts'
import { query, Refused } from '#web/core/api.ts'
import { HandlingNotes } from '#web/item/About.tsx'
import { DropZone } from '#web/item/Attachments.tsx'
import { Composer } from '#web/item/Composer.tsx'
import { Conversation } from '#web/item/Conversation.tsx'
import { History } from '#web/item/History.tsx'
import type { Panels, PeekProps } from '#web/item/kind.ts'
import { useRecordBench } from '#web/item/openRecord.ts'
import { PeekBar } from '#web/item/PeekBar.tsx'
import { Slot } from '#web/item/Slot.tsx'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

interface Parts extends PeekProps {
  panels: Panels
}

/** A record beside its list: all of it can be read and changed, and the list keeps the keyboard. */
export function Peek({ number, ...parts }: Parts) {
  const { data: record, error } = useQuery(query(getRecord, { key: number }))
  return (
    <aside className={styles.peek} aria-label={t('Record {number}', { number })} data-region tabIndex={-1}>
      {record ? (
        <PeekedRecord record={record} {...parts} />
      ) : (
        <div className={styles.bar}>
          <span className="mono">{number}</span>
          <span className={styles.gap} />
          <CloseButton aria-label={t('Close the peek')} onClick={parts.onClose} />
        </div>
      )}
      {error && <p className={styles.missing}>{missing(error)}</p>}
    </aside>
  )
}

const missing = (error: Error) =>
  error instanceof Refused && error.status === 404
    ? t('There is no such record, or it is not yours to see.')
    : error.message

function PeekedRecord({ record, panels, onClose, onStep }: Omit<Parts, 'number'> & { record: Record }) {
  const bench = useRecordBench(record)
  const [tab, setTab] = useState<string | null>('conversation')
  const { verbs, Head, Properties, Around, resolve } = panels
  return (
    <DropZone itemId={record.id}>
      <PeekBar record={record} bench={bench} verbs={verbs} onClose={onClose} onStep={onStep} />
      <div className={styles.scroll} tabIndex={-1}>
        <Head record={record} bench={bench} />
        <Slot place="record-top" itemId={record.id} />
        <HandlingNotes itemId={record.id} />
        <Properties key={record.id} record={record} bench={bench} folded />
        <Tabs value={tab} onChange={setTab} keepMounted={false} className={styles.tabs ?? ''}>
          <Tabs.List>
            <Tabs.Tab value="conversation">{t('Conversation')}</Tabs.Tab>
            <Tabs.Tab value="around">{t('Related')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('History')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="conversation">
            <Conversation record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="around">
            <Around record={record} bench={bench} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History itemId={record.id} />
          </Tabs.Panel>
        </Tabs>
      </div>
      <Composer key={record.id} record={record} onResolve={(send) => resolve(bench, send)} />
    </DropZone>
  )
}
