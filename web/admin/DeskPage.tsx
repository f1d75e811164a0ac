import { NumberInput, Stack, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getDesk, renameDesk } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { Page, Section } from '#web/core/Page.tsx'
import { say } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'

export function DeskPage() {
  const { data: desk } = useSuspenseQuery(query(getDesk, {}))
  const { name, reopenDays, autoCloseDays, bounceLimit } = desk
  const form = useForm({
    start: { name, reopenDays, autoCloseDays, bounceLimit },
    endpoint: renameDesk,
    input: (values) => values,
    done: () => say(t('Saved')),
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
    <Page title={t('Name and times')} width="narrow">
      <form {...form.bind} aria-label={t('Desk')}>
        <Section title={t('What it is called, and how long things last')}>
          <Stack gap="md">
            <TextInput
              label={t('Name')}
              description={t('Above every page and in every mail')}
              withAsterisk
              {...form.text('name')}
            />
            <NumberInput
              label={t('Days to reopen')}
              description={t(
                'So long after it was solved, a requester can send an incident back. Later, a new one follows it.',
              )}
              {...days('reopenDays')}
            />
            <NumberInput
              label={t('Days until it closes')}
              description={t('A solved incident closes by itself after so many days')}
              {...days('autoCloseDays')}
            />
            <NumberInput
              label={t('Handovers until a warning')}
              description={t('An incident that changes teams so often is marked')}
              {...days('bounceLimit')}
            />
            <FormEnd form={form} label={t('Save')} />
          </Stack>
        </Section>
      </form>
    </Page>
  )
}
