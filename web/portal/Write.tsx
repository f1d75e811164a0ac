import { Button, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type SubmitEvent } from 'react'
import type { Record } from '#shared/records.ts'
import { Keys } from '#web/core/Keys.tsx'
import { discard, save, write } from '#web/item/draft.ts'
import { send } from '#web/item/sending.ts'
import { useDraft } from '#web/item/useDraft.ts'
import { Plain } from '#web/core/Plain.tsx'
import { PickFiles, Uploads } from '#web/portal/Files.tsx'
import { useUploads } from '#web/portal/files.ts'
import { useReader } from '#web/portal/reader.ts'
import styles from './portal.module.css'

/** Where one answers. What is not sent is a draft, at the desk; it is shown as sent only when the desk has it. */
export function Write({ record }: { record: Record }) {
  const client = useQueryClient()
  const { uploads, send: upload } = useUploads()
  const [draft, { text, phase, wrong }] = useDraft({ me: useReader(), itemId: record.id, mode: 'reply' })
  const [empty, setEmpty] = useState(false)
  const submit = (event: SubmitEvent | KeyboardEvent) => {
    event.preventDefault()
    setEmpty(text.trim() === '')
    void send(draft, client)
  }
  return (
    <form noValidate onSubmit={submit} className={styles.write} aria-label="Write to the desk">
      <Textarea
        aria-label="Write to the desk"
        placeholder={record.state === 'waiting' && record.holdReason === 'caller' ? 'Your answer' : 'Write to the desk'}
        autosize
        minRows={2}
        maxRows={12}
        readOnly={phase === 'sending'}
        value={text}
        error={wrong ?? (empty && text.trim() === '' ? 'Write something first' : undefined)}
        onChange={(event) => {
          setEmpty(false)
          write(draft, event.currentTarget.value)
        }}
        onBlur={() => void save(draft)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
      />
      <Uploads uploads={uploads} />
      <div className={styles.writeFoot}>
        <PickFiles label="Add files" onPick={(files) => void upload(record.id, files)} />
        <output className={styles.draftState}>{text !== '' && words[phase]}</output>
        {text !== '' && (
          <Plain tone="quiet" onClick={() => discard(draft)}>
            Discard
          </Plain>
        )}
        <Button type="submit" loading={phase === 'sending'} rightSection={<Keys keys="mod+enter" />}>
          Send
        </Button>
      </div>
    </form>
  )
}

const words = {
  typing: 'Draft',
  kept: 'Draft saved',
  local: 'Draft kept in this browser',
  waiting: '',
  sending: 'Sending…',
  sent: '',
}
