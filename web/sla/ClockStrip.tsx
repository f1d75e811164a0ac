import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { use, useState } from 'react'
import { listClocks } from '#shared/sla.ts'
import type { Clock } from '#shared/sla/clock.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Zone } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { ClockBar } from '#web/sla/ClockBar.tsx'
import { ClockState } from '#web/sla/ClockState.tsx'
import { WhyPanel } from '#web/sla/WhyPanel.tsx'
import { shortly } from '#web/sla/words.ts'
import styles from './sla.module.css'

/** The promises that a record is under, each a line with what ran and what waited. Nothing where there are none. */
export function ClockStrip({ itemId }: { itemId: string }) {
  const may = useMay()
  const { data } = useQuery({ ...query(listClocks, { itemId }), enabled: may('item.note'), refetchInterval: 60_000 })
  const [asked, setAsked] = useState(false)
  if (!data || data.clocks.length === 0) return null
  const shown = shownOf(data.clocks)
  return (
    <section className={styles.strip} aria-label={t('Service levels')}>
      {shown.map((clock) => (
        <ClockLine key={`${clock.definitionId} ${clock.attachedAt}`} clock={clock} now={data.at} />
      ))}
      <Button variant="subtle" size="compact-xs" className={styles.why ?? ''} onClick={() => setAsked(true)}>
        {t('Why?')}
      </Button>
      {asked && <WhyPanel {...data} onClose={() => setAsked(false)} />}
    </section>
  )
}

/** What goes on; where nothing does, how each promise ended last. What was called off is told by the panel. */
function shownOf(clocks: readonly Clock[]) {
  const open = clocks.filter(({ state }) => state === 'running' || state === 'paused')
  if (open.length > 0) return open
  const ended = clocks.filter(({ state }) => state === 'stopped')
  return [...new Map(ended.map((clock) => [clock.definitionId, clock])).values()]
}

function ClockLine({ clock, now }: { clock: Clock; now: string }) {
  const zone = use(Zone)
  const { name, state, dueAt, sentence } = clock
  return (
    <div className={styles.line}>
      <ClockState clock={clock} />
      <strong className={styles.name}>{name}</strong>
      <ClockBar clock={clock} now={now} />
      <span className={styles.sentence}>
        {sentence}
        {state === 'running' && dueAt !== null && <> {t('Due {when}.', { when: shortly(dueAt, zone, now) })}</>}
      </span>
    </div>
  )
}
