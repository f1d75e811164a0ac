import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/desk.ts'
import { demo, seeDemo } from './demo.ts'
import { docs } from './docs.ts'
import { health } from './health.ts'
import { seeSetUp, setUpDesk } from './set-up.ts'
import { changeDesk, changes, seeDesk } from './settings.ts'

export const desk: Module = {
  served: [
    serve(api.getSetUp, seeSetUp),
    serve(api.setUp, setUpDesk),
    serve(api.getDemo, seeDemo),
    serve(api.listAudit, changes),
    serve(api.renameDesk, changeDesk),
    serve(api.getDesk, seeDesk),
  ],
  routes: [health, ...docs],
  jobs: [demo],
}
