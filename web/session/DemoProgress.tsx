import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getDemo } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { Frame } from '#web/session/Frame.tsx'
import styles from './session.module.css'

/** The demo organisation on its way. It is made by the desk, so nothing is lost if the page is closed. */
export function DemoProgress({ done: arrive }: { done: () => void }) {
  const { data } = useQuery({ ...query(getDemo, {}), refetchInterval: 700, staleTime: 0 })
  const state = data?.state ?? 'working'
  const share = data && data.total > 0 ? Math.round((data.done / data.total) * 100) : 0
  useEffect(() => {
    if (state === 'ready' || state === 'none') arrive()
  }, [state, arrive])
  if (state === 'failed') {
    return (
      <Frame title="The demo could not be made" wide>
        <p className={styles.lead}>The desk itself is ready, without it. The reason is in the desk’s log.</p>
        <Button onClick={arrive}>Open the desk</Button>
      </Frame>
    )
  }
  return (
    <Frame title="Making the demo organisation" wide>
      <Progress.Root size="md">
        <Progress.Section value={share} color="var(--accent)" aria-label="Progress" aria-valuetext={`${share} %`} />
      </Progress.Root>
      <output className={styles.lead}>
        {share === 0 ? 'Starting' : `${share} % done`}. You can open the desk now; the rest will follow by itself.
      </output>
      <Button variant="default" onClick={arrive}>
        Open the desk now
      </Button>
    </Frame>
  )
}
