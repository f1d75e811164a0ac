import { Button, Stack, Text, Title } from '@mantine/core'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Refused } from '#web/core/api.ts'

/** A page that could not be read: why, and a way on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const refused = error instanceof Refused ? error : undefined
  const again = async () => {
    await router.invalidate()
    reset()
  }
  return (
    <Stack p="xl" gap="sm" align="flex-start" role="alert">
      <Title order={1}>{headline(refused?.status)}</Title>
      <Text c="var(--text-2)">{error instanceof Error ? error.message : 'Something unexpected happened'}</Text>
      {refused?.id !== undefined && (
        <Text className="mono" c="dimmed">
          {refused.id}
        </Text>
      )}
      <Button variant="default" onClick={again}>
        Try again
      </Button>
    </Stack>
  )
}

function headline(status: number | undefined) {
  if (status === 404) return 'There is nothing here, or it is not yours to see'
  if (status === 403) return 'This is not yours to see'
  if (status === 0) return 'The desk cannot be reached'
  return 'This page could not be shown'
}

export function PageMissing() {
  return (
    <Stack p="xl" gap="sm" align="flex-start">
      <Title order={1}>There is no such page</Title>
      <Button component="a" href="/" variant="default">
        Go to the start
      </Button>
    </Stack>
  )
}

/** Nothing for 150 ms, then a quiet line: what is quick should not flicker. */
export function PagePending() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Text component="output" display="block" p="xl" c="dimmed">
      {late ? 'Loading…' : ''}
    </Text>
  )
}
