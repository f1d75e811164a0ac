import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/records.ts'
import * as exporting from '#shared/item/exports.ts'
import * as views from '#shared/item/views.ts'
import { readExport } from './download.ts'
import { forgetExports, getExport, keepExported, makeExport, startExport } from './exports.ts'
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
    serve(exporting.startExport, startExport),
    serve(exporting.getExport, getExport),
  ],
  routes: [readExport],
  jobs: [makeExport, forgetExports],
  keepFiles: [keepExported],
}
