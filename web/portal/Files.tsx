import { FileText, Paperclip } from 'lucide-react'
import { useRef, type MouseEvent } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import type { listAttachments } from '#shared/item/attachments.ts'
import { download, isCarrying } from '#web/core/api.ts'
import { sayWrong } from '#web/core/toast.ts'
import { sizeInWords, type Upload } from '#web/portal/files.ts'
import styles from './portal.module.css'

/** A button that asks for files. */
export function PickFiles({ label, onPick }: { label: string; onPick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className={styles.pickFiles} onClick={() => input.current?.click()}>
        <Paperclip size={16} aria-hidden="true" /> {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          onPick([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
      />
    </>
  )
}

export function Uploads({ uploads }: { uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null
  return (
    <ul className={styles.files} aria-label="Files on their way">
      {uploads.map(({ name, share, wrong }) => (
        <li key={name} data-wrong={wrong !== undefined || undefined}>
          <FileText size={16} aria-hidden="true" />
          <span>{name}</span>
          <output>{wrong ?? (share < 1 ? `${Math.round(share * 100)} %` : 'Sent')}</output>
        </li>
      ))}
    </ul>
  )
}

type Attachment = Output<typeof listAttachments>[number]

export function Attachments({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null
  return (
    <ul className={styles.files} aria-label="Files">
      {files.map(({ id, name, size, state }) => (
        <li key={id}>
          <FileText size={16} aria-hidden="true" />
          {state === 'ready' ? <FileLink id={id} name={name} /> : <span>{name}</span>}
          <small>{state === 'ready' ? sizeInWords(size) : 'Held back: it may do harm'}</small>
        </li>
      ))}
    </ul>
  )
}

function FileLink({ id, name }: { id: string; name: string }) {
  const href = `/api/attachments/${id}/content`
  const fetch = (event: MouseEvent) => {
    if (!isCarrying()) return
    event.preventDefault()
    void download(href, name).catch(sayWrong)
  }
  return (
    <a href={href} onClick={fetch}>
      {name}
    </a>
  )
}
