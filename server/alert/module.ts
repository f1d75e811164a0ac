import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/alert.ts'
import { alertmanager } from './alertmanager.ts'
import { listOccurrences } from './occurrences.ts'
import { addSource, changeSource, listSources, removeSource } from './sources.ts'

const change = serve(api.changeSource, changeSource)
const remove = serve(api.removeSource, removeSource)

export const alert: Module = {
  served: [
    serve(api.listSources, listSources),
    serve(api.addSource, addSource),
    change,
    remove,
    serve(api.listOccurrences, listOccurrences),
  ],
  routes: [alertmanager],
  settings: [{ table: 'source', change, remove }],
}
