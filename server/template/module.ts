import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/template.ts'
import { addTemplate, changeTemplate, listTemplates, removeTemplate } from './templates.ts'
import { fillReply, getHandlingNotes, takeAction } from './use.ts'

export const template: Module = {
  served: [
    serve(api.listTemplates, listTemplates),
    serve(api.addTemplate, addTemplate),
    serve(api.changeTemplate, changeTemplate),
    serve(api.removeTemplate, removeTemplate),
    serve(api.getHandlingNotes, getHandlingNotes),
    serve(api.takeAction, takeAction),
    serve(api.fillReply, fillReply),
  ],
}
