import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { overridePriority, priorityNames, type Incident } from '#shared/incident.ts'
import { useAction } from '#web/core/api.ts'
import { closeLayer } from '#web/core/layer.ts'
import { say } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'

const matrix = 'matrix'

function finish() {
  say(t('Priority set'))
  closeLayer()
}

/** A priority that the matrix does not give, and why. */
export function OverrideDialog({ incident }: { incident: Incident }) {
  const set = useAction(overridePriority)
  const [priority, setPriority] = useState(String(incident.priority))
  const [reason, setReason] = useState(incident.priorityReason ?? '')
  const fields = set.error?.fields
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    set.mutate(
      { id: incident.id, priority: priority === matrix ? null : Number(priority), reason },
      { onSuccess: finish },
    )
  }
  return (
    <Modal opened onClose={closeLayer} title={t('Priority of {what}', { what: incident.number })} size="sm">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label={t('Priority')}
            allowDeselect={false}
            data={[
              ...Object.entries(priorityNames).map(([value, name]) => ({ value, label: `P${value} ${t(name)}` })),
              { value: matrix, label: t('As the matrix gives it') },
            ]}
            value={priority}
            error={fields?.['priority']}
            onChange={(value) => setPriority(value ?? matrix)}
          />
          {priority !== matrix && (
            <Textarea
              data-autofocus
              label={t('Why')}
              autosize
              minRows={3}
              withAsterisk
              value={reason}
              error={fields?.['reason'] ?? (fields?.['priority'] ? undefined : set.error?.message)}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeLayer}>
              {t('Back')}
            </Button>
            <Button type="submit" loading={set.isPending}>
              {t('Set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
