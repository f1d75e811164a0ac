import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/records.ts'
import * as views from '#shared/item/views.ts'
import { countRecords, getRecord, listRecords } from './record.ts'
import { changeView, listViews, removeView, saveView } from './views.ts'

export const record: Module = {
  served: [
    serve(api.listRecords, listRecords),
    serve(api.countRecords, countRecords),
    serve(api.getRecord, getRecord),
    serve(views.listViews, listViews),
    serve(views.saveView, saveView),
    serve(views.changeView, changeView),
    serve(views.removeView, removeView),
  ],
}
