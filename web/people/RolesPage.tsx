import { Button, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { permissionNames, permissions, type Permission } from '#shared/access.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { addRole, changeRole, listRoles } from '#shared/people.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMay } from '#web/core/me.ts'
import { Page } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/people/Beside.tsx'
import styles from './people.module.css'

type Role = Output<typeof listRoles>[number]

export function RolesPage() {
  const { data: roles } = useSuspenseQuery(query(listRoles, {}))
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t('Roles')}
      beside={<Beside />}
      about={t(
        'What each role may do. A person may do what any of their roles allows; a change counts from their next click.',
      )}
      actions={
        may('people.manage') && (
          <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
            {t('New role')}
          </Button>
        )
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className={styles.matrixScroll} aria-label={t('What each role may do')} tabIndex={0}>
        <Matrix roles={roles} />
      </section>
      {adding && <NewRole close={() => setAdding(false)} />}
    </Page>
  )
}

function Matrix({ roles }: { roles: readonly Role[] }) {
  const may = useMay()
  const { mutateAsync } = useAction(changeRole)
  const set = async (role: Role, permission: Permission, on: boolean) => {
    const others = role.permissions.filter((one) => one !== permission)
    const said = { role: role.name, right: t(permissions[permission]) }
    try {
      await mutateAsync({ id: role.id, permissions: on ? [...others, permission] : others })
      say(on ? t('{role} may: {right}', said) : t('{role} may not: {right}', said), {
        undo: () => void mutateAsync({ id: role.id, permissions: role.permissions }).catch(sayWrong),
      })
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t('Right')}</span>
          </th>
          {roles.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {permissionNames.map((permission) => (
          <tr key={permission}>
            <th scope="row">{t(permissions[permission])}</th>
            {roles.map((role) => (
              <td key={role.id}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={`${role.name}: ${t(permissions[permission])}`}
                    checked={role.permissions.includes(permission)}
                    disabled={!may('people.manage')}
                    onChange={(event) => void set(role, permission, event.currentTarget.checked)}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const newRole: { name: string; audience: Role['audience'] } = { name: '', audience: 'staff' }

function NewRole({ close }: { close: () => void }) {
  const form = useForm({
    start: newRole,
    endpoint: addRole,
    input: (values) => ({ ...values, permissions: [] }),
    done: ({ name }) => {
      say(t('{name} is there; tick what it may do', { name }))
      close()
    },
  })
  return (
    <Modal opened onClose={close} title={t('New role')} size="md">
      <form {...form.bind} aria-label={t('New role')}>
        <Stack gap="sm">
          <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
          <SegmentedControl
            aria-label={t('For whom')}
            data={[
              { value: 'staff', label: t('Staff') },
              { value: 'requester', label: t('Requesters') },
            ]}
            {...form.pick('audience')}
          />
          <FormEnd form={form} label={t('Add role')} onCancel={close} />
        </Stack>
      </form>
    </Modal>
  )
}
