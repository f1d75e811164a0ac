import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cancelIncident, closeIncident, reopenIncident } from '#shared/incident.ts'
import type { Record } from '#shared/records.ts'
import { useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import styles from './portal.module.css'

/** What its requester may decide: it is solved, it is not, it has come back, it is not needed any more. */
export function RequestMoves({ record }: { record: Record }) {
  const [asked, setAsked] = useState<'reopen' | 'cancel'>()
  const { id, state, can } = record
  const close = useAction(closeIncident)
  const agree = async () => {
    try {
      await close.mutateAsync({ id })
      say('Thank you. It is closed')
    } catch (error) {
      sayWrong(error)
    }
  }
  if (!['close', 'reopen', 'cancel'].some((act) => can.some((one) => one === act))) return null
  return (
    <div className={styles.moves}>
      {can.includes('close') && (
        <Button loading={close.isPending} onClick={() => void agree()}>
          Yes, it is solved
        </Button>
      )}
      {can.includes('reopen') && (
        <Button variant="default" onClick={() => setAsked('reopen')}>
          {state === 'resolved' ? 'No, it is not' : 'It has come back'}
        </Button>
      )}
      {can.includes('cancel') && (
        <Button variant="default" onClick={() => setAsked('cancel')}>
          I do not need it any more
        </Button>
      )}
      {asked && <Ask act={asked} record={record} close={() => setAsked(undefined)} />}
    </div>
  )
}

const questions = {
  reopen: { endpoint: reopenIncident, title: 'What is still wrong?', label: 'Send it back', said: 'Opened again' },
  cancel: { endpoint: cancelIncident, title: 'Why is it not needed?', label: 'Cancel it', said: 'Cancelled' },
} as const

interface AskProps {
  act: 'reopen' | 'cancel'
  record: Record
  close: () => void
}

function Ask({ act, record, close }: AskProps) {
  const navigate = useNavigate()
  const { endpoint, title, label, said } = questions[act]
  const form = useForm({
    start: { reason: '' },
    endpoint,
    input: ({ reason }) => ({ id: record.id, reason }),
    done: async ({ number }) => {
      close()
      if (number === record.number) return say(said)
      say(`${number} follows ${record.number}`)
      await navigate({ to: '/portal/requests/$number', params: { number } })
    },
  })
  return (
    <Modal opened onClose={close} title={title} size="md">
      <form {...form.bind} aria-label={title}>
        <Stack gap="sm">
          <Textarea aria-label={title} autosize minRows={4} maxRows={12} data-autofocus {...form.text('reason')} />
          <FormEnd form={form} label={label} onCancel={close} />
        </Stack>
      </form>
    </Modal>
  )
}
