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
import { t } from '#web/core/words.ts'

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
      setWrong(refused instanceof Error ? refused.message : t('That did not work'))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={closeLayer} title={t('Change {what}', { what: nameOf(bench) })} size="md">
      <Stack gap="sm">
        <Text c="var(--text-2)">{label}</Text>
        <div aria-live="polite">
          {preview ? <Found {...preview} /> : !error && <Text>{t('Trying it on each…')}</Text>}
        </div>
        <Wrong text={error?.message ?? wrong} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeLayer}>
            {t('Back')}
          </Button>
          <Button data-autofocus onClick={go} loading={busy} disabled={!preview || preview.changed === 0}>
            {preview ? buttonFor(preview) : t('Change')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

type Preview = Output<typeof previewBulk>

const isWhole = ({ total, looked }: Preview) => total.exact && looked >= total.value

const buttonFor = (preview: Preview) =>
  isWhole(preview)
    ? t('Change {count}', { count: preview.changed })
    : t('Change all that can be, of {count}', { count: counted(preview.total) })

function Found(preview: Preview) {
  const { total, looked, changed, same, refused, reasons } = preview
  return (
    <Stack gap={6}>
      <Text fw={500}>
        {isWhole(preview)
          ? t('{changed} of {total} will change', { changed, total: counted(total) })
          : t('Of the newest {looked}, {changed} would change. There are {total} in all.', {
              looked,
              changed,
              total: counted(total),
            })}
      </Text>
      {same > 0 && <Text c="var(--text-2)">{t('{same} are like this already', { same })}</Text>}
      {refused > 0 && (
        <>
          <Text c="var(--text-2)">{t('{refused} cannot be changed:', { refused })}</Text>
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
