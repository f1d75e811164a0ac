import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/rule.ts'
import { addRule, changeRule, listRules, removeRule, tryRule } from './rules.ts'
import { listTraces, runRules } from './run.ts'

export const rule: Module = {
  served: [
    serve(api.listRules, listRules),
    serve(api.addRule, addRule),
    serve(api.changeRule, changeRule),
    serve(api.removeRule, removeRule),
    serve(api.tryRule, tryRule),
    serve(api.listTraces, listTraces),
  ],
  reactions: [runRules],
}
