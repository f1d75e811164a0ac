import { Button, Group, Modal, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { openIncident } from '#shared/incident.ts'
import { useAction } from '#web/core/api.ts'
import { Keys } from '#web/core/Keys.tsx'
import { closeLayer } from '#web/core/layer.ts'
import { say } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { blank, inputOf, NewFields, type Draft } from '#web/incident/NewFields.tsx'
import { useCustomFields } from '#web/item/dictionary.ts'

/** Ctrl and Enter finish a form from any of its fields. */
const onCtrlEnter = (submit: () => void) => ({
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  },
})

/** Report an incident for somebody who called, wrote, or stands at the desk. */
export function NewIncident() {
  const router = useRouter()
  const custom = useCustomFields('incident')
  const open = useAction(openIncident)
  const form = useForm<Draft>({ initialValues: blank })
  const submit = form.onSubmit((draft) => {
    const input = inputOf(draft, custom)
    const read = openIncident.input.safeParse(input)
    if (!read.success) {
      form.setErrors(Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join('.'), message])))
      return
    }
    open.mutate(input, {
      onError: ({ fields }) => form.setErrors(fields),
      onSuccess: ({ number }) => {
        closeLayer()
        say(t('Opened {number}', { number }))
        void router.navigate({ to: '/t/$number', params: { number } })
      },
    })
  })
  const general = open.error && Object.keys(open.error.fields).length === 0 ? open.error.message : undefined

  return (
    <Modal opened onClose={closeLayer} title={t('New incident')} size={640}>
      <form onSubmit={submit} {...onCtrlEnter(submit)}>
        <Stack gap="sm">
          <NewFields form={form} custom={custom} />
          {general !== undefined && <div role="alert">{general}</div>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeLayer}>
              {t('Back')}
            </Button>
            <Button type="submit" loading={open.isPending} rightSection={<Keys keys="mod+enter" />}>
              {t('Open incident')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
