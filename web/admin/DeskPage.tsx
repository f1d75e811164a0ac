import { NumberInput, Stack, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getDesk, renameDesk } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { Page, Section } from '#web/core/Page.tsx'
import { say } from '#web/core/toast.ts'

export function DeskPage() {
  const { data: desk } = useSuspenseQuery(query(getDesk, {}))
  const { name, reopenDays, autoCloseDays, bounceLimit } = desk
  const form = useForm({
    start: { name, reopenDays, autoCloseDays, bounceLimit },
    endpoint: renameDesk,
    input: (values) => values,
    done: () => say('Saved'),
  })
  const days = (field: 'reopenDays' | 'autoCloseDays' | 'bounceLimit') => ({
    value: form.values[field],
    error: form.errors[field],
    onChange: (value: number | string) => form.set({ [field]: Number(value) }),
    hideControls: true,
    allowDecimal: false,
    allowNegative: false,
    maw: 240,
  })
  return (
    <Page title="Name and times" width="narrow">
      <form {...form.bind} aria-label="Desk">
        <Section title="What it is called, and how long things last">
          <Stack gap="md">
            <TextInput
              label="Name"
              description="Above every page and in every mail"
              withAsterisk
              {...form.text('name')}
            />
            <NumberInput
              label="Days to reopen"
              description="So long after it was solved, a requester can send an incident back. Later, a new one follows it."
              {...days('reopenDays')}
            />
            <NumberInput
              label="Days until it closes"
              description="A solved incident closes by itself after so many days"
              {...days('autoCloseDays')}
            />
            <NumberInput
              label="Handovers until a warning"
              description="An incident that changes teams so often is marked"
              {...days('bounceLimit')}
            />
            <FormEnd form={form} label="Save" />
          </Stack>
        </Section>
      </form>
    </Page>
  )
}
