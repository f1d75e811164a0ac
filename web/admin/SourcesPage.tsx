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
import { t } from '#web/core/words.ts'
import page from '#web/core/page.module.css'

type Source = Output<typeof listSources>[number]

export function SourcesPage() {
  const { data: sources } = useSuspenseQuery({ ...query(listSources, {}), refetchInterval: 15_000 })
  const [adding, setAdding] = useState(false)
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      {t('Connect a tool')}
    </Button>
  )
  return (
    <Page
      title={t('Monitoring')}
      about={t('What your monitoring reports becomes incidents: one for each problem, however often it is reported.')}
      actions={add}
    >
      {sources.length === 0 ? (
        <Empty title={t('No tool is connected yet')}>
          {t('Connect Prometheus Alertmanager. You get an address, a token, and the lines for its configuration.')}
        </Empty>
      ) : (
        <Sources sources={sources} />
      )}
      {adding && <Connect close={() => setAdding(false)} />}
    </Page>
  )
}

function Sources({ sources }: { sources: readonly Source[] }) {
  const removing = useAction(removeSource)
  const [leaving, setLeaving] = useState<Source>()
  return (
    <>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('Tool')}</th>
            <th scope="col">{t('Signals')}</th>
            <th scope="col">{t('Heard from')}</th>
            <th scope="col" className={page.end}>
              {t('Listening')}
            </th>
            <th scope="col">
              <span className="unseen">{t('Remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} remove={() => setLeaving(source)} />
          ))}
        </tbody>
      </table>
      {leaving && (
        <Confirm
          title={t('Remove {name}?', { name: leaving.name })}
          button={t('Remove')}
          onClose={() => setLeaving(undefined)}
          act={() =>
            removing.mutateAsync({ id: leaving.id }).then(() => say(t('Removed {name}', { name: leaving.name })))
          }
        >
          {t(
            'Its token is refused from now on and cannot be brought back. Its {signals, plural, one {# signal} other {# signals}}, and the incidents made from them, stay.',
            { signals: leaving.signals },
          )}
        </Confirm>
      )}
    </>
  )
}

function SourceRow({ source, remove }: { source: Source; remove: () => void }) {
  const { id, name, active, signals, lastSeenAt } = source
  const { mutateAsync } = useAction(changeSource)
  const turn = (to: boolean) => void mutateAsync({ id, active: to }).catch(sayWrong)
  return (
    <tr data-off={!active || undefined}>
      <td>
        <strong>{name}</strong>
        <span className={page.sub}>Prometheus Alertmanager</span>
      </td>
      <td data-label={t('Signals')}>{signals}</td>
      <td data-label={t('Heard from')}>{lastSeenAt ? <Ago at={lastSeenAt} long /> : t('never')}</td>
      <td className={page.end}>
        <Switch
          aria-label={t('Listen to {name}', { name })}
          checked={active}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
      </td>
      <td className={page.end}>
        <Button variant="default" aria-label={t('Remove {name}', { name })} onClick={remove}>
          {t('Remove')}
        </Button>
      </td>
    </tr>
  )
}

function Connect({ close }: { close: () => void }) {
  const [made, setMade] = useState<Output<typeof addSource>>()
  return (
    <Modal
      opened
      onClose={close}
      title={made ? t('{name} may report', { name: made.source.name }) : t('Connect Prometheus Alertmanager')}
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
    <form {...form.bind} aria-label={t('Connect a tool')}>
      <Stack gap="sm">
        <TextInput
          label={t('What do you call it?')}
          description={t('It stands on the incidents that it makes')}
          placeholder={t('Alertmanager Frankfurt')}
          withAsterisk
          data-autofocus
          {...form.text('name')}
        />
        <FormEnd form={form} label={t('Connect')} onCancel={close} />
      </Stack>
    </form>
  )
}

function Made({ url, token, close }: Output<typeof addSource> & { close: () => void }) {
  return (
    <Stack gap="sm">
      <Text>{t('Put these lines into alertmanager.yml, and load it again. The token is shown only now.')}</Text>
      <Copy text={configurationFor(url, token)} label={t('Lines for alertmanager.yml')} block />
      <Copy text={url} label={t('Address')} />
      <Copy text={token} label={t('Token')} />
      <Button onClick={close}>{t('I have kept it')}</Button>
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
