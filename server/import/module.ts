import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/import.ts'
import { forgetRows, goOn, keepUploaded, lookThrough, takeUpLeft } from './jobs.ts'
import { readRejected, uploadImport } from './upload.ts'
import * as verbs from './verbs.ts'

export const importing: Module = {
  served: [
    serve(api.listImports, verbs.listImports),
    serve(api.getImport, verbs.getImport),
    serve(api.mapImport, verbs.mapImport),
    serve(api.startImport, verbs.startImport),
    serve(api.cancelImport, verbs.cancelImport),
    serve(api.removeImport, verbs.removeImport),
    serve(api.listImportMappings, verbs.listMappings),
    serve(api.saveImportMapping, verbs.saveMapping),
    serve(api.removeImportMapping, verbs.removeMapping),
  ],
  routes: [uploadImport, readRejected],
  jobs: [lookThrough, goOn, takeUpLeft, forgetRows],
  keepFiles: [keepUploaded],
}
