import { CloseButton } from '@mantine/core'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { Lock, Paperclip } from 'lucide-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import { largestAttachment, listAttachments, removeAttachment } from '#shared/item/attachments.ts'
import { query, readAgain, upload } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { signal, useSignal } from '#web/core/signal.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { attempt } from '#web/item/attempt.ts'
import { Section } from '#web/item/Section.tsx'
import { writing } from '#web/item/writing.ts'
import styles from './record.module.css'
import { locale, t } from '#web/core/words.ts'

interface Sending {
  readonly itemId: string
  readonly name: string
  readonly share: number
}

const sending = signal<readonly Sending[]>([])

/** The files on a record, and those on their way. */
export function Attachments({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const may = useMay()
  const { data: files = [] } = useQuery(query(listAttachments, { itemId }))
  const going = useSignal(sending).filter((one) => one.itemId === itemId)
  return (
    <Section title={t('Files')} count={files.length}>
      {files.map(({ id, name, size, internal, state }) => (
        <div key={id} className={styles.linked}>
          {state === 'ready' ? (
            <a href={`/api/attachments/${id}/content`} className={styles.recordLink} download={name}>
              {internal ? <Lock size={14} aria-label={t('Internal')} /> : <Paperclip size={14} aria-hidden="true" />}
              <span>{name}</span>
            </a>
          ) : (
            <span className={styles.quiet}>{t('{name}: held back, it may be harmful', { name })}</span>
          )}
          <span className={styles.quiet}>{sizeOf(size)}</span>
          {may('item.work') && (
            <CloseButton
              size="xs"
              aria-label={t('Remove {name}', { name })}
              onClick={() => void attempt(client, removeAttachment, { itemId, id }, t('File removed'))}
            />
          )}
        </div>
      ))}
      {going.map(({ name, share }) => (
        <output key={name} className={styles.quiet}>
          {name}: {Math.round(share * 100)} %
        </output>
      ))}
      {may('item.comment') && (
        <label className={styles.attach}>
          <Paperclip size={14} aria-hidden="true" /> {t('Attach files, or drop them here')}
          <input
            type="file"
            multiple
            onChange={({ currentTarget }) => void sendFiles(client, itemId, [...(currentTarget.files ?? [])])}
          />
        </label>
      )}
    </Section>
  )
}

/** Files that are dropped anywhere on a record are attached to it; while a note is written, among staff alone. */
export function DropZone({ itemId, children }: { itemId: string; children: ReactNode }) {
  const client = useQueryClient()
  const [over, setOver] = useState(false)
  const { mode } = useSignal(writing)
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      void sendFiles(client, itemId, [...event.dataTransfer.files])
    },
  }
  return (
    <div className={styles.drop} {...drop}>
      {children}
      {over && (
        <div className={styles.over}>
          {mode === 'note' ? t('Attach, for staff alone') : t('Attach; the requester sees it')}
        </div>
      )}
    </div>
  )
}

async function sendFiles(client: QueryClient, itemId: string, files: readonly File[]) {
  const internal = writing.get().mode === 'note'
  await Promise.all(files.map((file) => sendFile(itemId, file, internal)))
  await readAgain(client)
}

async function sendFile(itemId: string, file: File, internal: boolean) {
  const { name } = file
  const others = () => sending.get().filter((one) => one.itemId !== itemId || one.name !== name)
  try {
    if (file.size > largestAttachment)
      throw new Error(t('{name} is larger than {most}', { name, most: sizeOf(largestAttachment) }))
    const form = new FormData()
    form.append('internal', String(internal))
    form.append('file', file)
    await upload(`/items/${itemId}/attachments`, form, (share) => sending.set([...others(), { itemId, name, share }]))
    say(t('Attached {name}', { name }))
  } catch (error) {
    sayWrong(error)
  } finally {
    sending.set(others())
  }
}

export function sizeOf(bytes: number) {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${Math.round(kilo)} KB` : `${tenths.format(kilo / 1024)} MB`
}

const tenths = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
