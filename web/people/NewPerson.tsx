import { Button, Modal, MultiSelect, Stack, Text } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addPerson, listOrganisations, listRoles, listTeams } from '#shared/people.ts'
import { query } from '#web/core/api.ts'
import { Copy } from '#web/core/Copy.tsx'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { say } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { inputOf, PersonFields, type PersonValues } from '#web/people/PersonFields.tsx'

/** Somebody new: who they are and what they may do. They choose their password themselves, by a link. */
export function NewPerson({ close }: { close: () => void }) {
  const [invited, setInvited] = useState<{ name: string; link: string }>()
  return (
    <Modal
      opened
      onClose={close}
      title={invited ? t('{name} can come in', { name: invited.name }) : t('Invite somebody')}
      size="lg"
      closeOnClickOutside={!invited}
    >
      {invited ? <Invited {...invited} close={close} /> : <Form close={close} invited={setInvited} />}
    </Modal>
  )
}

interface FormProps {
  close: () => void
  invited: (whom: { name: string; link: string }) => void
}

function Form({ close, invited }: FormProps) {
  const me = useMe()
  const { data: organisations } = useSuspenseQuery(query(listOrganisations, {}))
  const { data: roles } = useSuspenseQuery(query(listRoles, {}))
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const start: NewValues = {
    ...blank,
    zone: me.zone,
    organisationId: organisations.find(({ id }) => id === me.organisation.id)?.id ?? null,
  }
  const form = useForm({
    start,
    endpoint: addPerson,
    input: ({ teamIds, ...values }) => ({ ...inputOf(values), teamIds: [...teamIds] }),
    done: ({ person, link }) => {
      if (link !== null) return invited({ name: person.name, link })
      say(t('{name} has been sent an invitation', { name: person.name }))
      close()
    },
  })
  const { values, set, errors } = form
  const staff = roles.some(({ id, audience }) => audience === 'staff' && values.roleIds.includes(id))
  return (
    <form {...form.bind} aria-label={t('Invite somebody')}>
      <Stack gap="sm">
        <PersonFields values={values} set={set} errors={errors} />
        {staff && (
          <MultiSelect
            label={t('Teams')}
            searchable
            data={teams.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
            value={[...values.teamIds]}
            error={errors['teamIds']}
            onChange={(teamIds) => set({ teamIds })}
          />
        )}
        <FormEnd form={form} label={t('Invite')} onCancel={close} />
      </Stack>
    </form>
  )
}

interface NewValues extends PersonValues {
  readonly teamIds: readonly string[]
}

const blank = {
  name: '',
  email: '',
  jobTitle: '',
  phone: '',
  manager: null,
  vip: false,
  roleIds: [],
  teamIds: [],
}

/** Where the desk sends no mail, the administrator brings the link. */
export function Invited({ name, link, close }: { name: string; link: string; close: () => void }) {
  return (
    <Stack gap="sm">
      <Text>
        {t(
          'This desk sends no mail, so give {name} this link yourself. It works once, and is shown only now. With it they choose a password.',
          { name },
        )}
      </Text>
      <Copy text={link} label={t('Link')} />
      <Button onClick={close}>{t('Done')}</Button>
    </Stack>
  )
}
