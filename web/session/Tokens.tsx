import { Button, Checkbox, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { permissionNames, permissions, type Permission } from '#shared/access.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { addToken, listTokens, removeToken } from '#shared/session.ts'
import { call, query, readAgain } from '#web/core/api.ts'
import { Copy } from '#web/core/Copy.tsx'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { Confirm, Section } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { say } from '#web/core/toast.ts'
import { useQueryClient } from '@tanstack/react-query'
import styles from './session.module.css'

type Token = Output<typeof listTokens>[number]

/** Keys for programs that work in one's name. */
export function Tokens() {
  const { data: tokens } = useSuspenseQuery(query(listTokens, {}))
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Token>()
  const revoke = async (id: string) => {
    await call(removeToken, { id })
    await readAgain(client)
    say('Token revoked')
  }
  return (
    <Section
      title="API tokens"
      about="For programs that work in your name. Each may do what you may, or less."
      action={
        <Button variant="default" onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      <ul className={styles.rows}>
        {tokens.map((token) => (
          <li key={token.id}>
            <span>
              {token.name}
              <small>
                {scopeOf(token)}&nbsp;· {endOf(token)}&nbsp;· {token.lastUsedAt ? 'used ' : 'never used'}
                {token.lastUsedAt && <Ago at={token.lastUsedAt} long />}
              </small>
            </span>
            <Button variant="default" aria-label={`Revoke ${token.name}`} onClick={() => setLeaving(token)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {adding && <NewToken close={() => setAdding(false)} />}
      {leaving && (
        <Confirm
          title={`Revoke ${leaving.name}?`}
          button="Revoke"
          onClose={() => setLeaving(undefined)}
          act={() => revoke(leaving.id)}
        >
          Programs that use it are refused from now on. It cannot be brought back.
        </Confirm>
      )}
    </Section>
  )
}

const scopeOf = ({ scopes }: Token) => (scopes ? `${scopes.length} rights` : 'all that you may')
const endOf = ({ expiresAt }: Token) => (expiresAt === null ? 'no end' : `until ${expiresAt.slice(0, 10)}`)

const ends = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
]

function NewToken({ close }: { close: () => void }) {
  const me = useMe()
  const [token, setToken] = useState<string>()
  const form = useForm({
    start: { name: '', days: '90', all: true, scopes: [] as readonly Permission[] },
    endpoint: addToken,
    input: ({ name, days, all, scopes }) => ({ name, days: Number(days), scopes: all ? null : [...scopes] }),
    done: (made) => setToken(made.token),
  })
  if (token !== undefined) {
    return (
      <Modal opened onClose={close} title="Your new token" size="md" closeOnClickOutside={false}>
        <Stack gap="sm">
          <Text>It is shown only now. Send it as “Authorization: Bearer …”.</Text>
          <Copy text={token} label="Token" />
          <Button onClick={close}>I have kept it</Button>
        </Stack>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={close} title="New token" size="md">
      <form {...form.bind} aria-label="New token">
        <Stack gap="sm">
          <TextInput label="What is it for?" placeholder="Nightly report" data-autofocus {...form.text('name')} />
          <Select
            label="Works for"
            data={ends}
            allowDeselect={false}
            {...form.pick('days')}
            onChange={(days) => form.set({ days: days ?? '90' })}
          />
          <Checkbox label="May do all that I may" {...form.tick('all')} />
          {!form.values.all && (
            <Checkbox.Group
              label="May"
              error={form.errors['scopes']}
              value={[...form.values.scopes]}
              onChange={(names) => form.set({ scopes: permissionNames.filter((name) => names.includes(name)) })}
            >
              <Stack gap={4}>
                {permissionNames
                  .filter((name) => me.permissions.includes(name))
                  .map((name) => (
                    <Checkbox key={name} value={name} label={permissions[name]} />
                  ))}
              </Stack>
            </Checkbox.Group>
          )}
          <FormEnd form={form} label="Make token" onCancel={close} />
        </Stack>
      </form>
    </Modal>
  )
}
