import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { largestImport, type ImportDetail } from '#shared/import.ts'
import { readAgain, upload } from '#web/core/api.ts'
import { Wrong } from '#web/core/form.tsx'
import { Meter } from '#web/import/Meter.tsx'
import styles from './drop.module.css'

/** Where a file is dropped or chosen; then it is sent, and its own page opens. */
export function DropFile() {
  const { send, share, wrong } = useSend()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) void send(file)
  }
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {share === undefined ? (
        <>
          <FileUp size={24} aria-hidden="true" />
          <p>
            Drop a CSV or Excel file here, packed as .gz or not, up to {largestImport / 1024 / 1024} MB. Larger ones
            come in from the command line.
          </p>
          <Button onClick={() => input.current?.click()}>Choose a file</Button>
          <input
            ref={input}
            type="file"
            className="unseen"
            tabIndex={-1}
            aria-label="File to bring in"
            accept=".csv,.tsv,.txt,.gz,.xlsx"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              if (file) void send(file)
              event.currentTarget.value = ''
            }}
          />
        </>
      ) : (
        <Meter label="Sending the file" share={share} />
      )}
      <Wrong text={wrong} />
    </div>
  )
}

function useSend() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [share, setShare] = useState<number>()
  const [wrong, setWrong] = useState('')
  const send = async (file: File) => {
    setWrong('')
    if (file.size > largestImport)
      return setWrong(
        `${file.name} is larger than ${largestImport / 1024 / 1024} MB; bring it in from the command line`,
      )
    setShare(0)
    try {
      const form = new FormData()
      form.append('file', file)
      const made = await upload<ImportDetail>('/imports', form, setShare)
      await readAgain(client)
      await navigate({ to: '/admin/imports/$id', params: { id: made.id } })
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'The file could not be sent')
    } finally {
      setShare(undefined)
    }
  }
  return { send, share, wrong }
}
