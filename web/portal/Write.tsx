import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { addComment } from '#shared/item/conversation.ts'
import type { Record } from '#shared/records.ts'
import { useForm, Wrong } from '#web/core/form.tsx'
import { Keys } from '#web/core/Keys.tsx'
import { readStored, store } from '#web/core/prefs.ts'
import { say } from '#web/core/toast.ts'
import { PickFiles, Uploads } from '#web/portal/Files.tsx'
import { useUploads } from '#web/portal/files.ts'
import styles from './portal.module.css'

/** Where one answers. What is not sent yet stays in this browser; it is shown as sent only when the desk has it. */
export function Write({ record }: { record: Record }) {
  const place = `steward.draft.${record.id}.portal`
  const { uploads, send } = useUploads()
  const [empty, setEmpty] = useState(false)
  const form = useForm({
    start: { body: readStored(place) ?? '' },
    endpoint: addComment,
    input: ({ body }) => ({ itemId: record.id, body }),
    done: () => {
      form.set({ body: '' })
      store(place, null)
      say('Sent')
    },
  })
  const { body } = form.values
  return (
    <form {...form.bind} className={styles.write} aria-label="Write to the desk">
      <Textarea
        aria-label="Write to the desk"
        placeholder={record.state === 'waiting' && record.holdReason === 'caller' ? 'Your answer' : 'Write to the desk'}
        autosize
        minRows={2}
        maxRows={12}
        disabled={form.busy}
        value={body}
        error={form.errors['body'] ?? (empty && body === '' ? 'Write something first' : undefined)}
        onChange={(event) => {
          setEmpty(false)
          form.set({ body: event.currentTarget.value })
          store(place, event.currentTarget.value || null)
        }}
      />
      <Uploads uploads={uploads} />
      <Wrong text={form.wrong} />
      <div className={styles.writeFoot}>
        <PickFiles label="Add files" onPick={(files) => void send(record.id, files)} />
        <Button type="submit" loading={form.busy} rightSection={<Keys keys="mod+enter" />}>
          Send
        </Button>
      </div>
    </form>
  )
}
