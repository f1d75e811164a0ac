import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { listOrganisations, listRoles } from '#shared/people.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import page from '#web/core/page.module.css'

export interface PersonValues {
  readonly name: string
  readonly email: string
  readonly jobTitle: string
  readonly phone: string
  readonly organisationId: string | null
  readonly manager: { readonly id: string; readonly name: string } | null
  readonly zone: string
  readonly vip: boolean
  readonly roleIds: readonly string[]
}

/** What is left empty is taken away. */
export const orNull = (text: string) => (text.trim() === '' ? null : text)

export function inputOf({ jobTitle, phone, organisationId, manager, roleIds, ...rest }: PersonValues) {
  return {
    ...rest,
    jobTitle: orNull(jobTitle),
    phone: orNull(phone),
    organisationId: organisationId ?? '',
    managerId: manager?.id ?? null,
    roleIds: [...roleIds],
  }
}

interface PersonFieldsProps {
  values: PersonValues
  set: (some: Partial<PersonValues>) => void
  errors: Readonly<Record<string, string>>
  self?: string
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

export function PersonFields({ values, set, errors, self }: PersonFieldsProps) {
  const { data: roles } = useSuspenseQuery(query(listRoles, {}))
  const line = (name: 'name' | 'email' | 'jobTitle' | 'phone') => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  return (
    <>
      <TextInput label={t('Name')} withAsterisk data-autofocus {...line('name')} />
      <TextInput label={t('E-mail')} type="email" withAsterisk {...line('email')} />
      <Belongs values={values} set={set} errors={errors} />
      <MultiSelect
        label={t('Roles')}
        searchable
        description={t('What they may do, and whether they are staff, follows from these')}
        withAsterisk
        data={roles.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...values.roleIds]}
        error={errors['roleIds']}
        onChange={(roleIds) => set({ roleIds })}
      />
      <div className={page.two}>
        <TextInput label={t('Job title')} {...line('jobTitle')} />
        <TextInput label={t('Phone')} type="tel" {...line('phone')} />
      </div>
      <div className={page.two}>
        <PersonPicker
          label={t('Manager')}
          value={values.manager}
          error={errors['managerId']}
          onChange={(manager) => set({ manager })}
          {...(self !== undefined && { not: [self] })}
        />
        <Select
          label={t('Time zone')}
          searchable
          limit={50}
          allowDeselect={false}
          data={zones.includes(values.zone) ? zones : [values.zone, ...zones]}
          value={values.zone}
          error={errors['zone']}
          onChange={(zone) => set({ zone: zone ?? 'UTC' })}
        />
      </div>
      <Checkbox
        label={t('VIP: their records are marked')}
        checked={values.vip}
        onChange={(event) => set({ vip: event.currentTarget.checked })}
      />
    </>
  )
}

function Belongs({ values, set, errors }: PersonFieldsProps) {
  const { data: organisations } = useSuspenseQuery(query(listOrganisations, {}))
  return (
    <Select
      label={t('Organisation')}
      withAsterisk
      searchable
      allowDeselect={false}
      data={organisations
        .filter(({ retired, id }) => !retired || id === values.organisationId)
        .map(({ id, name }) => ({ value: id, label: name }))}
      value={values.organisationId}
      error={errors['organisationId'] && t('Choose an organisation')}
      onChange={(organisationId) => set({ organisationId })}
    />
  )
}
