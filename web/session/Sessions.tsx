import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { endSession, listSessions } from '#shared/session.ts'
import { query, useAction } from '#web/core/api.ts'
import { Section } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import styles from './session.module.css'

export function Sessions() {
  const { data: sessions } = useSuspenseQuery(query(listSessions, {}))
  const { mutateAsync, isPending } = useAction(endSession)
  const end = async (id: string) => {
    try {
      await mutateAsync({ id })
      say('Signed out there')
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Section title="Where you are signed in">
      <ul className={styles.rows}>
        {sessions.map(({ id, current, agent, address, lastSeenAt }) => (
          <li key={id}>
            <span>
              {deviceOf(agent)}
              {current && <>&nbsp;· this one</>}
              <small>
                {address}&nbsp;· seen <Ago at={lastSeenAt} long />
              </small>
            </span>
            {!current && (
              <Button
                variant="default"
                disabled={isPending}
                aria-label={`Sign out ${deviceOf(agent)} at ${address}`}
                onClick={() => void end(id)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const browsers = [
  [/edg\//i, 'Edge'],
  [/firefox\//i, 'Firefox'],
  [/chrom(e|ium)\//i, 'Chrome'],
  [/safari\//i, 'Safari'],
] as const

const systems = [
  [/android/i, 'Android'],
  [/iphone|ipad/i, 'iOS'],
  [/windows/i, 'Windows'],
  [/mac os/i, 'macOS'],
  [/linux/i, 'Linux'],
] as const

function deviceOf(agent: string) {
  const browser = browsers.find(([sign]) => sign.test(agent))?.[1]
  const system = systems.find(([sign]) => sign.test(agent))?.[1]
  if (browser === undefined) return agent.slice(0, 60) || 'A program'
  return system === undefined ? browser : `${browser} on ${system}`
}
