import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input, Output } from '#shared/core/endpoint.ts'
import { previewBulk } from '#shared/item/bulk.ts'
import { call } from '#web/core/api.ts'
import { Wrong } from '#web/core/form.tsx'
import { closeLayer } from '#web/core/layer.ts'
import { counted, whole } from '#web/core/numbers.ts'
import { nameOf, type Bench } from '#web/item/verbs.ts'
import styles from './list.module.css'

interface BulkPreviewProps {
  label: string
  bench: Bench
  bulk: Input<typeof previewBulk>
  start: () => Promise<void>
}

/** Before many are changed, or where some cannot be: how many will, and why the others will not. */
export function BulkPreview({ label, bench, bulk, start }: BulkPreviewProps) {
  const { data: preview, error } = useQuery({
    queryKey: [previewBulk.path, bulk],
    queryFn: () => call(previewBulk, bulk),
    gcTime: 0,
    staleTime: Infinity,
  })
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const go = async () => {
    setBusy(true)
    try {
      await start()
      closeLayer()
    } catch (refused) {
      setWrong(refused instanceof Error ? refused.message : 'That did not work')
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={closeLayer} title={`Change ${nameOf(bench)}`} size="md">
      <Stack gap="sm">
        <Text c="var(--text-2)">{label}</Text>
        <div aria-live="polite">{preview ? <Found {...preview} /> : !error && <Text>Trying it on each…</Text>}</div>
        <Wrong text={error?.message ?? wrong} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeLayer}>
            Back
          </Button>
          <Button data-autofocus onClick={go} loading={busy} disabled={!preview || preview.changed === 0}>
            {preview ? buttonFor(preview) : 'Change'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

type Preview = Output<typeof previewBulk>

const isWhole = ({ total, looked }: Preview) => total.exact && looked >= total.value

const buttonFor = (preview: Preview) =>
  isWhole(preview) ? `Change ${whole(preview.changed)}` : `Change all that can be, of ${counted(preview.total)}`

function Found(preview: Preview) {
  const { total, looked, changed, same, refused, reasons } = preview
  return (
    <Stack gap={6}>
      <Text fw={500}>
        {isWhole(preview)
          ? `${whole(changed)} of ${counted(total)} will change`
          : `Of the newest ${whole(looked)}, ${whole(changed)} would change. There are ${counted(total)} in all.`}
      </Text>
      {same > 0 && <Text c="var(--text-2)">{whole(same)} are like this already</Text>}
      {refused > 0 && (
        <>
          <Text c="var(--text-2)">{whole(refused)} cannot be changed:</Text>
          <ul className={styles.reasons}>
            {reasons.map(({ reason, count, numbers }) => (
              <li key={reason}>
                {reason}
                <small>
                  {whole(count)}: {numbers.join(', ')}
                  {count > numbers.length && ', …'}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </Stack>
  )
}
