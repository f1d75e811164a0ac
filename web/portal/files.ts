import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { largestAttachment } from '#shared/item/attachments.ts'
import { readAgain, upload } from '#web/core/api.ts'

/** A file on its way to the desk. */
export interface Upload {
  readonly name: string
  readonly share: number
  readonly wrong?: string
}

/** Sends files to a request one after another, and tells how far each is. What fails says why, and the rest goes on. */
export function useUploads() {
  const client = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const mark = (name: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.name === name ? { ...one, ...change } : one)))

  async function sendOne(itemId: string, file: File) {
    if (file.size > largestAttachment) return mark(file.name, { wrong: tooLarge })
    const form = new FormData()
    form.append('file', file)
    try {
      await upload(`/items/${itemId}/attachments`, form, (share) => mark(file.name, { share }))
      mark(file.name, { share: 1 })
    } catch (error) {
      mark(file.name, { wrong: error instanceof Error ? error.message : 'It could not be sent' })
    }
  }
  async function send(itemId: string, files: readonly File[]) {
    setUploads(files.map(({ name }) => ({ name, share: 0 })))
    for (const file of files) {
      // oxlint-disable-next-line no-await-in-loop -- one after another: a phone's line is thin
      await sendOne(itemId, file)
    }
    await readAgain(client)
    setUploads((all) => all.filter(({ wrong }) => wrong !== undefined))
  }
  return { uploads, send }
}

const tooLarge = `It is larger than ${largestAttachment / 1024 / 1024} MB`

export function sizeInWords(bytes: number) {
  if (bytes < 1024) return `${bytes} bytes`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${Math.round(kilo)} kB` : `${(kilo / 1024).toFixed(1)} MB`
}
