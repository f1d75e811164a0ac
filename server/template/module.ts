import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/template.ts'
import { addTemplate, changeTemplate, listTemplates, removeTemplate } from './templates.ts'
import { fillReply, getHandlingNotes, takeAction } from './use.ts'

const add = serve(api.addTemplate, addTemplate)
const change = serve(api.changeTemplate, changeTemplate)
const remove = serve(api.removeTemplate, removeTemplate)

export const template: Module = {
  served: [
    serve(api.listTemplates, listTemplates),
    add,
    change,
    remove,
    serve(api.getHandlingNotes, getHandlingNotes),
    serve(api.takeAction, takeAction),
    serve(api.fillReply, fillReply),
  ],
  settings: [{ table: 'template', add, change, remove }],
}
