import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/rule.ts'
import { addRule, changeRule, listRules, removeRule, tryRule } from './rules.ts'
import { listTraces, runRules } from './run.ts'

const add = serve(api.addRule, addRule)
const change = serve(api.changeRule, changeRule)
const remove = serve(api.removeRule, removeRule)

export const rule: Module = {
  served: [
    serve(api.listRules, listRules),
    add,
    change,
    remove,
    serve(api.tryRule, tryRule),
    serve(api.listTraces, listTraces),
  ],
  reactions: [runRules],
  settings: [
    // A rule is moved among the others, which are numbered anew.
    { table: 'rule', add, change, remove, except: ['position'] },
  ],
}
