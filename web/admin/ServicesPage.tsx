import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { listTeams } from '#shared/people.ts'
import { addService, changeService, listServices } from '#shared/service.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import page from '#web/core/page.module.css'

type Service = Output<typeof listServices>[number]

const tiers = [
  { value: '1', label: t('Tier 1: the business stops without it') },
  { value: '2', label: t('Tier 2: it hurts within the hour') },
  { value: '3', label: t('Tier 3: it can wait a day') },
  { value: '4', label: t('Tier 4: nobody notices for a while') },
]

export function ServicesPage() {
  const { data: services } = useSuspenseQuery(query(listServices, {}))
  const [open, setOpen] = useState<string>()
  const service = services.find(({ id }) => id === open)
  return (
    <Page
      title={t('Services')}
      about={t('What people report about, and which team stands behind it.')}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {t('New service')}
        </Button>
      }
    >
      {services.length === 0 ? (
        <Empty title={t('There are no services yet')}>
          {t('Begin with what people call about most, such as e-mail or the network.')}
        </Empty>
      ) : (
        <Services services={services} open={setOpen} />
      )}
      {(service ?? open === 'new') && (
        <Panel title={service?.name ?? t('New service')} onClose={() => setOpen(undefined)}>
          <ServiceForm key={open} service={service} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function Services({ services, open }: { services: readonly Service[]; open: (id: string) => void }) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Service')}</th>
          <th scope="col">{t('Tier')}</th>
          <th scope="col">{t('Team')}</th>
          <th scope="col">{t('Owner')}</th>
        </tr>
      </thead>
      <tbody>
        {services.map(({ id, name, description, tier, team, owner, retired }) => (
          <tr key={id} data-off={retired || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {name}
                <span className={page.sub}>{description}</span>
              </button>
              {retired && <span className={page.tag}>{t('Retired')}</span>}
            </td>
            <td data-label={t('Tier')}>{tier}</td>
            <td>{team?.name}</td>
            <td data-label={t('Owner')}>{owner?.name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ServiceValues {
  readonly name: string
  readonly description: string
  readonly tier: string
  readonly teamId: string | null
  readonly owner: { readonly id: string; readonly name: string } | null
}

const nothing: ServiceValues = { name: '', description: '', tier: '3', teamId: null, owner: null }

const startOf = ({ name, description, tier, team, owner }: Service): ServiceValues => ({
  name,
  description,
  tier: String(tier),
  teamId: team?.id ?? null,
  owner,
})

function ServiceForm({ service, done }: { service: Service | undefined; done: () => void }) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const form = useForm({
    start: service ? startOf(service) : nothing,
    endpoint: service ? changeService : addService,
    input: ({ tier, owner, ...rest }) => ({
      ...(service && { id: service.id }),
      ...rest,
      tier: Number(tier),
      ownerId: owner?.id ?? null,
    }),
    done: ({ name }) => {
      say(t('Saved {name}', { name }))
      done()
    },
  })
  return (
    <form {...form.bind} aria-label={service ? t('Change {name}', { name: service.name }) : t('New service')}>
      <Stack gap="sm">
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
        <Textarea label={t('What it is, for those who report')} autosize minRows={2} {...form.text('description')} />
        <Select
          label={t('How much depends on it')}
          data={tiers}
          allowDeselect={false}
          value={form.values.tier}
          onChange={(tier) => form.set({ tier: tier ?? '3' })}
        />
        <Select
          label={t('Team behind it')}
          searchable
          clearable
          data={teams.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
          {...form.pick('teamId')}
        />
        <PersonPicker
          label={t('Owner')}
          audience="staff"
          value={form.values.owner}
          error={form.errors['ownerId']}
          onChange={(owner) => form.set({ owner })}
        />
        <FormEnd form={form} label={t('Save')}>
          {service && <Retire service={service} done={done} />}
        </FormEnd>
      </Stack>
    </form>
  )
}

function Retire({ service: { id, name, retired }, done }: { service: Service; done: () => void }) {
  const { mutateAsync, isPending } = useAction(changeService)
  const turn = async (to: boolean) => {
    try {
      await mutateAsync({ id, retired: to })
      say(to ? t('{name} is retired', { name }) : t('{name} is back', { name }), { undo: () => void turn(!to) })
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Button variant="default" loading={isPending} onClick={() => void turn(!retired)}>
      {retired ? t('Bring back') : t('Retire')}
    </Button>
  )
}
