import { z } from 'zod'
import type { RawRoute } from '#server/core/http.ts'
import { notFound } from '#server/core/refusal.ts'
import { asFile } from '#server/core/transfer.ts'
import { Id } from '#shared/core/values.ts'
import { openExport } from './exports.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const readExport: RawRoute = {
  method: 'GET',
  path: '/exports/:id/content',
  may: 'item.export',
  summary: 'Get the file of an export',
  async handle(desk, actor, request, reply) {
    const params = z.object({ id: Id }).safeParse(request.params)
    if (!params.success) throw notFound('export')
    const { name, format, open } = await openExport(desk, actor, params.data.id)
    return asFile(reply, name, types[format]).send(await open())
  },
}
