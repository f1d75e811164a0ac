import { Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { saveView } from '#shared/item/views.ts'
import { useAction } from '#web/core/api.ts'
import { closeLayer } from '#web/core/layer.ts'
import { useMay, useMe } from '#web/core/me.ts'
import { t } from '#web/core/words.ts'
import type { Kind } from '#web/item/kind.ts'

interface Look {
  readonly kind: string
  readonly filter: string
  readonly sort: string
  readonly columns: string[]
}

type Sharing = 'me' | 'team' | 'everyone'

/** Give a list a name, for oneself or for others too. */
export function SaveView({ look, path }: { look: Look; path: Kind['path'] }) {
  const router = useRouter()
  const me = useMe()
  const may = useMay()
  const save = useAction(saveView)
  const [name, setName] = useState('')
  const [sharedWith, share] = useState<Sharing>('me')
  const [teamId, setTeam] = useState<string | null>(me.teams[0]?.id ?? null)
  const teams = me.teams.map((team) => ({ value: team.id, label: team.name }))

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    save.mutate(
      { ...look, name, sharedWith, teamId: sharedWith === 'team' ? teamId : null },
      {
        onSuccess: ({ id, filter, sort, columns }) => {
          closeLayer()
          const search = new URLSearchParams({ view: id, f: filter, sort, cols: columns.join(',') })
          void router.navigate({ href: `${path}?${search.toString()}` })
        },
      },
    )
  }
  return (
    <Modal opened onClose={closeLayer} title={t('Save view')} size="sm">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('Name')}
            value={name}
            error={save.error?.fields['name'] ?? save.error?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {may('view.share') && (
            <Radio.Group label={t('Who sees it')} value={sharedWith} onChange={(value) => share(sharingOf(value))}>
              <Stack gap={6} mt={4}>
                <Radio value="me" label={t('Only me')} />
                <Radio value="team" label={t('A team')} disabled={teams.length === 0} />
                <Radio value="everyone" label={t('Everyone')} />
              </Stack>
            </Radio.Group>
          )}
          {sharedWith === 'team' && <Select label={t('Team')} data={teams} value={teamId} onChange={setTeam} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeLayer}>
              {t('Back')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('Save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const sharingOf = (value: string): Sharing => (value === 'team' || value === 'everyone' ? value : 'me')
