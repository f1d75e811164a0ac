import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Files } from '#server/core/desk.ts'
import { cleanName } from '#server/core/file-name.ts'
import { isShown, typeOf } from '#server/core/file-type.ts'
import type { RawRoute } from '#server/core/http.ts'
import { invalid, notFound, Refusal } from '#server/core/refusal.ts'
import { asFile, takeUpload } from '#server/core/transfer.ts'
import { Id } from '#shared/core/values.ts'
import { largestAttachment } from '#shared/item/attachments.ts'
import { attach, mayAttach, openAttachment, type Uploaded } from './attachments.ts'

const idIn = (request: FastifyRequest, name: string, what: string) => {
  const params = z.record(z.string(), z.string()).parse(request.params)
  const id = Id.safeParse(params[name])
  if (!id.success) throw notFound(what)
  return id.data
}

export const uploadAttachment: RawRoute = {
  method: 'POST',
  path: '/items/:itemId/attachments',
  may: 'item.comment',
  byLink: true,
  summary: 'Attach a file to an item, as multipart form data',
  async handle(desk, actor, request, reply) {
    const itemId = idIn(request, 'itemId', 'record')
    return takeUpload(request, reply, { limit: largestAttachment, tooLarge }, async () => {
      await mayAttach(desk, actor, itemId)
      return attach(desk, actor, itemId, await receive(request, desk.ports.files))
    })
  },
}

const tooLarge = () => new Refusal('too_large', `A file may have ${largestAttachment / 1024 / 1024} MB at most`)

async function receive(request: FastifyRequest, files: Files): Promise<Uploaded> {
  let file: Omit<Uploaded, 'internal'> | undefined
  let internal = false
  for await (const part of request.parts({ limits: { fileSize: largestAttachment } })) {
    if (part.type === 'file') file = await store(part, files)
    else internal = flagOf(part)
  }
  if (!file) throw invalid({ file: 'Choose a file' })
  if (file.size === 0) throw invalid({ file: `${file.name} is empty` })
  return { ...file, internal }
}

function flagOf(part: Exclude<Multipart, MultipartFile>) {
  if (part.fieldname !== 'internal') throw invalid({ [part.fieldname.slice(0, 60)]: 'There is no such field here' })
  if (part.value !== 'true' && part.value !== 'false') throw invalid({ internal: 'Say true or false' })
  return part.value === 'true'
}

async function store(part: MultipartFile, files: Files) {
  if (part.fieldname !== 'file') throw invalid({ [part.fieldname.slice(0, 60)]: 'There is no such field here' })
  const head: Buffer[] = []
  const { sha256, size } = await files.put(Readable.from(whole(part, head)), largestAttachment)
  const name = cleanName(part.filename)
  return { name, type: typeOf(name, Buffer.concat(head)), size, sha256 }
}

const headLength = 4096

/** The bytes of a part, all of them or an error, with the first few kept to tell by what it is. */
async function* whole({ file }: MultipartFile, head: Buffer[]) {
  let kept = 0
  for await (const chunk of file) {
    const bytes = Buffer.from(chunk)
    if (kept < headLength) head.push(bytes.subarray(0, headLength - kept))
    kept += bytes.length
    yield bytes
  }
  if (file.truncated) throw tooLarge()
}

export const readAttachment: RawRoute = {
  method: 'GET',
  path: '/attachments/:id/content',
  may: 'item.read',
  byLink: true,
  summary: 'Get what is in an attached file',
  async handle(desk, actor, request, reply) {
    const { name, type, size, sha256, open } = await openAttachment(desk, actor, idIn(request, 'id', 'file'))
    asFile(reply, name, type, isShown(type) ? 'inline' : 'attachment')
      .header('cache-control', 'private, no-cache')
      .header('etag', `"${sha256}"`)
    if (request.headers['if-none-match'] === `"${sha256}"`) return reply.code(304).send()
    return reply.header('content-length', size).send(await open())
  },
}
