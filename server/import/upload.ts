import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { as, bySystem, type Files } from '#server/core/desk.ts'
import type { RawRoute } from '#server/core/http.ts'
import { enqueue } from '#server/core/jobs.ts'
import { invalid, notFound, Refusal } from '#server/core/refusal.ts'
import { dispositionOf } from '#server/item/item.ts'
import { asCsv } from '#server/record/record.ts'
import { Id } from '#shared/core/values.ts'
import { largestImport } from '#shared/import.ts'
import { lookThrough } from './jobs.ts'
import { detailOf } from './ready.ts'
import { rejectedOf } from './rejected.ts'
import { addRun } from './runs.ts'

const tooLarge = () =>
  new Refusal(
    'too_large',
    `A file may have ${largestImport / 1024 / 1024} MB; bring a larger one in from the command line`,
  )
const roomForTheForm = 64 * 1024

export const uploadImport: RawRoute = {
  method: 'POST',
  path: '/imports',
  may: 'import.manage',
  summary: 'Upload a file of records, as multipart form data; it is looked through, and nothing is taken from it yet',
  async handle(desk, actor, request, reply) {
    if (!request.isMultipart()) throw new Refusal('invalid', 'Send the file as multipart form data')
    try {
      if (Number(request.headers['content-length'] ?? 0) > largestImport + roomForTheForm) throw tooLarge()
      const { name, sha256, size } = await receive(request, desk.ports.files)
      return await as(desk, actor, (ctx) =>
        bySystem(ctx, async (own) => {
          const id = await addRun(own, { fileName: name, file: sha256, size, personId: actor.id, state: 'reading' })
          await enqueue(own, lookThrough, { id }, { key: `import ${id}` })
          return detailOf(own, id)
        }),
      )
    } catch (error) {
      // What is still on its way is of no use; without this a sender would wait for it to be taken.
      request.raw.unpipe()
      request.raw.resume()
      reply.header('connection', 'close')
      throw error
    }
  },
}

async function receive(request: FastifyRequest, files: Files) {
  const part = await request.file({ limits: { fileSize: largestImport } })
  if (part?.fieldname !== 'file') throw invalid({ file: 'Choose a file' })
  const { sha256, size } = await files.put(Readable.from(part.file), largestImport)
  if (part.file.truncated) throw tooLarge()
  const name =
    part.filename
      .toWellFormed()
      .replaceAll(/[\p{Cc}/\\]/gu, '')
      .slice(0, 200)
      .trim() || 'file'
  if (size === 0) throw invalid({ file: `${name} is empty` })
  return { name, sha256, size }
}

export const readRejected: RawRoute = {
  method: 'GET',
  path: '/imports/:id/rejected',
  may: 'import.manage',
  summary: 'Get the rows of an import that were not taken, and why, as CSV',
  async handle(desk, actor, request, reply) {
    const params = z.object({ id: Id }).safeParse(request.params)
    if (!params.success) throw notFound('import')
    const rows = await as(desk, actor, (ctx) => bySystem(ctx, (own) => rejectedOf(own.db, params.data.id)), {
      access: 'read only',
    })
    return reply
      .header('content-disposition', dispositionOf('Rows not taken.csv', 'attachment'))
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('x-content-type-options', 'nosniff')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(asCsv(rows)))
  },
}
