import { Button, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { addSource, changeSource, listSources, removeSource } from '#shared/alert.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { query, useAction } from '#web/core/api.ts'
import { Copy } from '#web/core/Copy.tsx'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { Confirm, Empty, Page } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import page from '#web/core/page.module.css'

type Source = Output<typeof listSources>[number]

export function SourcesPage() {
  const { data: sources } = useSuspenseQuery({ ...query(listSources, {}), refetchInterval: 15_000 })
  const [adding, setAdding] = useState(false)
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      Connect a tool
    </Button>
  )
  return (
    <Page
      title="Monitoring"
      about="What your monitoring reports becomes incidents: one for each problem, however often it is reported."
      actions={add}
    >
      {sources.length === 0 ? (
        <Empty title="No tool is connected yet">
          Connect Prometheus Alertmanager. You get an address, a token, and the lines for its configuration.
        </Empty>
      ) : (
        <Sources sources={sources} />
      )}
      {adding && <Connect close={() => setAdding(false)} />}
    </Page>
  )
}

function Sources({ sources }: { sources: readonly Source[] }) {
  const changing = useAction(changeSource)
  const removing = useAction(removeSource)
  const [leaving, setLeaving] = useState<Source>()
  const turn = (id: string, active: boolean) => void changing.mutateAsync({ id, active }).catch(sayWrong)
  return (
    <>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col">Signals</th>
            <th scope="col">Heard from</th>
            <th scope="col" className={page.end}>
              Listening
            </th>
            <th scope="col">
              <span className="unseen">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id} data-off={!source.active || undefined}>
              <td>
                <strong>{source.name}</strong>
                <span className={page.sub}>Prometheus Alertmanager</span>
              </td>
              <td data-label="Signals">{source.signals}</td>
              <td data-label="Heard from">{source.lastSeenAt ? <Ago at={source.lastSeenAt} long /> : 'never'}</td>
              <td className={page.end}>
                <Switch
                  aria-label={`Listen to ${source.name}`}
                  checked={source.active}
                  onChange={(event) => turn(source.id, event.currentTarget.checked)}
                />
              </td>
              <td className={page.end}>
                <Button variant="default" aria-label={`Remove ${source.name}`} onClick={() => setLeaving(source)}>
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && (
        <Confirm
          title={`Remove ${leaving.name}?`}
          button="Remove"
          onClose={() => setLeaving(undefined)}
          act={() => removing.mutateAsync({ id: leaving.id }).then(() => say(`Removed ${leaving.name}`))}
        >
          Its token is refused from now on and cannot be brought back. Its {leaving.signals} signals, and the incidents
          made from them, stay.
        </Confirm>
      )}
    </>
  )
}

function Connect({ close }: { close: () => void }) {
  const [made, setMade] = useState<Output<typeof addSource>>()
  return (
    <Modal
      opened
      onClose={close}
      title={made ? `${made.source.name} may report` : 'Connect Prometheus Alertmanager'}
      size="lg"
      closeOnClickOutside={!made}
    >
      {made ? <Made {...made} close={close} /> : <NameIt made={setMade} close={close} />}
    </Modal>
  )
}

function NameIt({ made, close }: { made: (source: Output<typeof addSource>) => void; close: () => void }) {
  const form = useForm({
    start: { name: '' },
    endpoint: addSource,
    input: ({ name }) => ({ type: 'alertmanager' as const, name }),
    done: made,
  })
  return (
    <form {...form.bind} aria-label="Connect a tool">
      <Stack gap="sm">
        <TextInput
          label="What do you call it?"
          description="It stands on the incidents that it makes"
          placeholder="Alertmanager Frankfurt"
          withAsterisk
          data-autofocus
          {...form.text('name')}
        />
        <FormEnd form={form} label="Connect" onCancel={close} />
      </Stack>
    </form>
  )
}

function Made({ url, token, close }: Output<typeof addSource> & { close: () => void }) {
  return (
    <Stack gap="sm">
      <Text>Put these lines into alertmanager.yml, and load it again. The token is shown only now.</Text>
      <Copy text={configurationFor(url, token)} label="Lines for alertmanager.yml" block />
      <Copy text={url} label="Address" />
      <Copy text={token} label="Token" />
      <Button onClick={close}>I have kept it</Button>
    </Stack>
  )
}

const configurationFor = (url: string, token: string) => `route:
  receiver: steward
  group_by: [alertname, instance]

receivers:
  - name: steward
    webhook_configs:
      - url: ${url}
        send_resolved: true
        http_config:
          authorization:
            type: Bearer
            credentials: ${token}
`
