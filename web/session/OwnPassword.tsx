import { Button, Modal, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { changePassword } from '#shared/session.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { Section } from '#web/core/Page.tsx'
import { say } from '#web/core/toast.ts'
import { NewPassword } from '#web/session/NewPassword.tsx'

export function OwnPassword() {
  const [open, setOpen] = useState(false)
  return (
    <Section
      title="Password"
      about="To change it ends your sessions everywhere but here."
      action={
        <Button variant="default" onClick={() => setOpen(true)}>
          Change password
        </Button>
      }
    >
      {open && <ChangePassword close={() => setOpen(false)} />}
    </Section>
  )
}

function ChangePassword({ close }: { close: () => void }) {
  const me = useMe()
  const form = useForm({
    start: { current: '', password: '' },
    endpoint: changePassword,
    input: (values) => values,
    done: () => {
      say('Password changed')
      close()
    },
  })
  return (
    <Modal opened onClose={close} title="Change password" size="md">
      <form {...form.bind} aria-label="Change password">
        <Stack gap="sm">
          <PasswordInput
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
            label="Password until now"
            autoComplete="current-password"
            data-autofocus
            {...form.text('current')}
          />
          <NewPassword label="New password" own={[me.name, me.email]} {...form.text('password')} />
          <FormEnd form={form} label="Change password" onCancel={close} />
        </Stack>
      </form>
    </Modal>
  )
}
