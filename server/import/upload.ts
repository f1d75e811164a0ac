import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { as, bySystem, type Files } from '#server/core/desk.ts'
import { cleanName } from '#server/core/file-name.ts'
import type { RawRoute } from '#server/core/http.ts'
import { enqueue } from '#server/core/jobs.ts'
import { invalid, notFound, Refusal } from '#server/core/refusal.ts'
import { asFile, takeUpload } from '#server/core/transfer.ts'
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

export const uploadImport: RawRoute = {
  method: 'POST',
  path: '/imports',
  may: 'import.manage',
  summary: 'Upload a file of records, as multipart form data; it is looked through, and nothing is taken from it yet',
  async handle(desk, actor, request, reply) {
    return takeUpload(request, reply, { limit: largestImport, tooLarge }, async () => {
      const { name, sha256, size } = await receive(request, desk.ports.files)
      return as(desk, actor, (ctx) =>
        bySystem(ctx, async (own) => {
          const id = await addRun(own, { fileName: name, file: sha256, size, personId: actor.id, state: 'reading' })
          await enqueue(own, lookThrough, { id }, { key: `import ${id}` })
          return detailOf(own, id)
        }),
      )
    })
  },
}

async function receive(request: FastifyRequest, files: Files) {
  const part = await request.file({ limits: { fileSize: largestImport } })
  if (part?.fieldname !== 'file') throw invalid({ file: 'Choose a file' })
  const { sha256, size } = await files.put(Readable.from(part.file), largestImport)
  if (part.file.truncated) throw tooLarge()
  const name = cleanName(part.filename)
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
    return asFile(reply, 'Rows not taken.csv', 'text/csv; charset=utf-8').send(Readable.from(asCsv(rows)))
  },
}
