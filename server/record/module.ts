import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/records.ts'
import { countRecords, getRecord, listRecords } from './record.ts'

export const record: Module = {
  served: [serve(api.listRecords, listRecords), serve(api.countRecords, countRecords), serve(api.getRecord, getRecord)],
}
