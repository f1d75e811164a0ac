import { Button, Stack, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { addOrganisation, changeOrganisation, listOrganisations } from '#shared/people.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMay } from '#web/core/me.ts'
import { Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/people/Beside.tsx'
import { orNull } from '#web/people/PersonFields.tsx'
import page from '#web/core/page.module.css'

type Organisation = Output<typeof listOrganisations>[number]

export function OrganisationsPage() {
  const { data: organisations } = useSuspenseQuery(query(listOrganisations, {}))
  const may = useMay()
  const [open, setOpen] = useState<string>()
  const organisation = organisations.find(({ id }) => id === open)
  return (
    <Page
      title={t('Organisations')}
      beside={<Beside />}
      about={t('Departments or customers. Everybody belongs to one, and so does every record.')}
      actions={
        may('people.manage') && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
            {t('New organisation')}
          </Button>
        )
      }
    >
      <Organisations organisations={organisations} open={setOpen} />
      {(organisation ?? open === 'new') && (
        <Panel title={organisation?.name ?? t('New organisation')} onClose={() => setOpen(undefined)}>
          <OrganisationForm key={open} organisation={organisation} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function Organisations({
  organisations,
  open,
}: {
  organisations: readonly Organisation[]
  open: (id: string) => void
}) {
  const may = useMay()
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Name')}</th>
          <th scope="col">{t('Mail domain')}</th>
          <th scope="col" className={page.end}>
            {t('People')}
          </th>
        </tr>
      </thead>
      <tbody>
        {organisations.map(({ id, name, domain, people, retired }) => (
          <tr key={id} data-off={retired || undefined}>
            <td>
              <button type="button" className={page.open} disabled={!may('people.manage')} onClick={() => open(id)}>
                {name}
              </button>
              {retired && <span className={page.tag}>{t('Retired')}</span>}
            </td>
            <td>{domain}</td>
            <td className={page.end} data-label={t('People')}>
              <Link
                to="/people"
                search={{ organisation: id }}
                aria-label={t('{people, plural, one {# person} other {# people}} of {name}', { people, name })}
              >
                {people}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OrganisationForm({ organisation, done }: { organisation: Organisation | undefined; done: () => void }) {
  const form = useForm({
    start: { name: organisation?.name ?? '', domain: organisation?.domain ?? '' },
    endpoint: organisation ? changeOrganisation : addOrganisation,
    input: ({ name, domain }) => ({
      ...(organisation && { id: organisation.id }),
      name,
      domain: orNull(domain),
    }),
    done: () => {
      say(t('Saved'))
      done()
    },
  })
  const { mutateAsync } = useAction(changeOrganisation)
  const turn = async (retired: boolean) => {
    if (!organisation) return
    try {
      await mutateAsync({ id: organisation.id, retired })
      say(
        retired
          ? t('{name} is retired', { name: organisation.name })
          : t('{name} is back', { name: organisation.name }),
        {
          undo: () => void turn(!retired),
        },
      )
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <form
      {...form.bind}
      aria-label={organisation ? t('Change {name}', { name: organisation.name }) : t('New organisation')}
    >
      <Stack gap="sm">
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
        <TextInput
          label={t('Mail domain')}
          description={t('Whoever writes from it belongs here')}
          placeholder="example.com"
          {...form.text('domain')}
        />
        <FormEnd form={form} label={t('Save')}>
          {organisation && (
            <Button variant="default" onClick={() => void turn(!organisation.retired)}>
              {organisation.retired ? t('Bring back') : t('Retire')}
            </Button>
          )}
        </FormEnd>
      </Stack>
    </form>
  )
}
