import { Tabs } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import { getRecord } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { leave } from '#web/core/hold.ts'
import { useCommands } from '#web/core/keys.ts'
import { useMe } from '#web/core/me.ts'
import { Around } from '#web/incident/Around.tsx'
import { resolveAfter } from '#web/incident/moves.tsx'
import { useNewCommand } from '#web/incident/openNew.tsx'
import { Properties } from '#web/incident/Properties.tsx'
import { RecordHead, VerbMenu } from '#web/incident/RecordHead.tsx'
import { runVerb, useRecordBench, useRecordCommands } from '#web/incident/useOpenRecord.ts'
import { HandlingNotes } from '#web/item/About.tsx'
import { DropZone } from '#web/item/Attachments.tsx'
import { Company } from '#web/item/Company.tsx'
import { Composer } from '#web/item/Composer.tsx'
import { Conversation } from '#web/item/Conversation.tsx'
import { History } from '#web/item/History.tsx'
import { Slot } from '#web/item/Slot.tsx'
import styles from '#web/item/record.module.css'

/** A record by itself: the conversation in the middle, what is known of it beside. */
export function TicketPage() {
  const { number } = useParams({ from: '/staff/t/$number' })
  const { data: incident } = useSuspenseQuery(query(getRecord, { key: number }))
  const bench = useRecordBench(incident)
  const [tab, setTab] = useState<string | null>('conversation')
  const back = useBack()
  useRecordCommands(bench)
  useNewCommand()
  useCommands([{ id: 'back', label: 'Back to the list', section: 'Records', keys: 'escape', run: back }])
  useTitle(`${incident.number} ${incident.title}`)

  return (
    <DropZone itemId={incident.id}>
      <div className={styles.bar}>
        <button type="button" className={styles.back} onClick={back}>
          <ArrowLeft size={16} aria-hidden="true" /> Queue
        </button>
        <span className="mono">{incident.number}</span>
        <span className={styles.gap} />
        <Company itemId={incident.id} />
        <VerbMenu bench={bench} />
      </div>
      <div className={styles.page}>
        <div className={styles.middle}>
          <div className={styles.scroll}>
            <div className={styles.column}>
              <RecordHead incident={incident} bench={bench} />
              <Slot place="record-top" itemId={incident.id} />
              <HandlingNotes itemId={incident.id} />
              <Tabs value={tab} onChange={setTab} keepMounted={false}>
                <Tabs.List>
                  <Tabs.Tab value="conversation">Conversation</Tabs.Tab>
                  <Tabs.Tab value="history">History</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="conversation">
                  <Conversation record={incident} />
                </Tabs.Panel>
                <Tabs.Panel value="history">
                  <History itemId={incident.id} />
                </Tabs.Panel>
              </Tabs>
            </div>
          </div>
          <Composer key={incident.id} record={incident} onResolve={(send) => resolveAfter(bench, send)} />
        </div>
        <aside className={styles.side} aria-label="Properties" data-region tabIndex={-1}>
          <Properties key={incident.id} incident={incident} bench={bench} run={runVerb(bench)} />
          <Around incident={incident} />
        </aside>
      </div>
    </DropZone>
  )
}

/** Back to the list as it was, or to the queue where the page was opened by itself. */
function useBack() {
  const router = useRouter()
  const navigate = useNavigate()
  return () => {
    if (router.history.canGoBack()) {
      window.addEventListener('popstate', leave(), { once: true })
      router.history.back()
    } else void navigate({ to: '/q' })
  }
}

function useTitle(title: string) {
  const { desk } = useMe()
  useEffect(() => {
    document.title = title
    return () => {
      document.title = desk.name
    }
  }, [title, desk.name])
}
