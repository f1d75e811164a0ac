import { Tabs } from '@mantine/core'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Record } from '#shared/records.ts'
import { leave } from '#web/core/hold.ts'
import { useCommands } from '#web/core/keys.ts'
import { useMe } from '#web/core/me.ts'
import { HandlingNotes } from '#web/item/About.tsx'
import { DropZone } from '#web/item/Attachments.tsx'
import { Company } from '#web/item/Company.tsx'
import { Composer } from '#web/item/Composer.tsx'
import { Conversation } from '#web/item/Conversation.tsx'
import { History } from '#web/item/History.tsx'
import type { Kind, Panels } from '#web/item/kind.ts'
import { useOpening } from '#web/item/opening.ts'
import { useRecordBench } from '#web/item/openRecord.ts'
import { Slot } from '#web/item/Slot.tsx'
import { VerbMenu } from '#web/item/VerbMenu.tsx'
import { commandsOf } from '#web/item/verbs.ts'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

interface RecordPageProps {
  kind: Kind
  record: Record
  panels: Panels
}

/** A record by itself: the conversation in the middle, what is known of it beside. */
export function RecordPage({ kind, record, panels }: RecordPageProps) {
  const { verbs, Head, Properties, Around, resolve } = panels
  const bench = useRecordBench(record)
  const [tab, setTab] = useState<string | null>('conversation')
  const back = useBack(kind)
  useCommands(commandsOf(verbs, bench))
  useOpening(kind.opening)
  useCommands([{ id: 'back', label: t('Back to the list'), section: t('Records'), keys: 'escape', run: back }])
  useTitle(`${record.number} ${record.title}`)

  return (
    <DropZone itemId={record.id}>
      <div className={styles.bar}>
        <button type="button" className={styles.back} onClick={back}>
          <ArrowLeft size={16} aria-hidden="true" /> {t('Queue')}
        </button>
        <span className="mono">{record.number}</span>
        <span className={styles.gap} />
        <Company itemId={record.id} />
        <VerbMenu bench={bench} verbs={verbs} />
      </div>
      <div className={styles.page}>
        <div className={styles.middle}>
          <div className={styles.scroll}>
            <div className={styles.column}>
              <Head record={record} bench={bench} />
              <Slot place="record-top" itemId={record.id} />
              <HandlingNotes itemId={record.id} />
              <Tabs value={tab} onChange={setTab} keepMounted={false}>
                <Tabs.List>
                  <Tabs.Tab value="conversation">{t('Conversation')}</Tabs.Tab>
                  <Tabs.Tab value="history">{t('History')}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="conversation">
                  <Conversation record={record} />
                </Tabs.Panel>
                <Tabs.Panel value="history">
                  <History itemId={record.id} />
                </Tabs.Panel>
              </Tabs>
            </div>
          </div>
          <Composer key={record.id} record={record} onResolve={(send) => resolve(bench, send)} />
        </div>
        <aside className={styles.side} aria-label={t('Properties')} data-region tabIndex={-1}>
          <Properties key={record.id} record={record} bench={bench} />
          <Around record={record} bench={bench} />
        </aside>
      </div>
    </DropZone>
  )
}

/** Back to the list as it was, or to the queue where the page was opened by itself. */
function useBack({ path }: Kind) {
  const router = useRouter()
  const navigate = useNavigate()
  return () => {
    if (router.history.canGoBack()) {
      window.addEventListener('popstate', leave(), { once: true })
      router.history.back()
    } else void navigate({ to: path })
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
