import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { activatePerson, deactivatePerson, type Person } from '#shared/people.ts'
import { countRecords } from '#shared/records.ts'
import { query, useAction } from '#web/core/api.ts'
import { Wrong } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import styles from './people.module.css'

type Left = Output<typeof deactivatePerson>

/** Ends somebody's access: says first how much is on them, and afterwards what it is, so that others can take it. */
export function Deactivate({ person, close }: { person: Person; close: () => void }) {
  const { id, name } = person
  const [left, setLeft] = useState<Left>()
  const [wrong, setWrong] = useState('')
  const { data: count } = useQuery(query(countRecords, { filter: openOn(person) }))
  const end = useAction(deactivatePerson)
  const back = useAction(activatePerson)
  const undo = () => void back.mutateAsync({ id }).then(() => say(t('{name} has access again', { name })), sayWrong)
  const go = async () => {
    try {
      const found = await end.mutateAsync({ id })
      say(t('{name} has no access any more', { name }), { undo })
      if (found.recordCount + found.leads.length + found.services.length === 0) close()
      else setLeft(found)
    } catch (error) {
      setWrong(error instanceof Error ? error.message : t('That did not work'))
    }
  }
  if (left) return <Leftovers person={person} left={left} close={close} />
  return (
    <Modal opened onClose={close} title={t('Deactivate {name}?', { name })} size="md">
      <Stack gap="sm">
        <Text>
          {t(
            'They are signed out everywhere at once, and cannot come back in. What they wrote and did stays. You can give the access back at any time.',
          )}
        </Text>
        {count && count.value > 0 && (
          <Text>
            {t(
              '{count, plural, one {One open record is assigned to {name}. It stays there until somebody takes it over.} other {# open records are assigned to {name}. They stay there until somebody takes them over.}}',
              { count: count.value, name },
            )}
          </Text>
        )}
        <Wrong text={wrong} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            {t('Back')}
          </Button>
          <Button color="danger" loading={end.isPending} onClick={() => void go()}>
            {t('Deactivate')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Leftovers({ person, left, close }: { person: Person; left: Left; close: () => void }) {
  const { records, recordCount, leads, services } = left
  const shown = records.slice(0, 8)
  return (
    <Modal opened onClose={close} title={t('What {name} leaves behind', { name: person.name })} size="lg">
      <Stack gap="sm">
        {recordCount > 0 && (
          <div>
            <strong>{t('{count, plural, one {# open record} other {# open records}}', { count: recordCount })}</strong>
            <ul className={styles.left}>
              {shown.map(({ id, number, title }) => (
                <li key={id}>
                  <a href={`/t/${number}`}>{number}</a> {title}
                </li>
              ))}
            </ul>
            <Link to="/q" search={{ f: openOn(person) }}>
              {t('Open them all in the queue')}
            </Link>
          </div>
        )}
        <Names title={t('Leads')} names={leads} />
        <Names title={t('Owns the services')} names={services} />
        <Group justify="flex-end">
          <Button onClick={close} data-autofocus>
            {t('Done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Names({ title, names }: { title: string; names: readonly { id: string; name: string }[] }) {
  if (names.length === 0) return null
  return (
    <div>
      <strong>{title}</strong>: {names.map(({ name }) => name).join(', ')}
    </div>
  )
}

const openOn = ({ id }: Person) => `is:open assignee:${id}`
