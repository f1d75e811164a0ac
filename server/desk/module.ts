import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/desk.ts'
import type { Beside } from './beside.ts'
import { demoBy, seeDemo } from './demo.ts'
import { docs } from './docs.ts'
import { health } from './health.ts'
import { seeSetUp, setUpWith } from './set-up.ts'
import { changeDesk, changes, seeDesk } from './settings.ts'
import { undo } from './undo.ts'

const rename = serve(api.renameDesk, changeDesk)

export function desk({ letIn, makeDemo }: Beside): Module {
  const demo = demoBy(makeDemo)
  return {
    served: [
      serve(api.getSetUp, seeSetUp),
      serve(api.setUp, setUpWith(letIn, demo)),
      serve(api.getDemo, seeDemo),
      serve(api.listAudit, changes),
      serve(api.undoChange, undo),
      rename,
      serve(api.getDesk, seeDesk),
    ],
    routes: [health, ...docs],
    jobs: [demo],
    settings: [{ table: 'setting', change: rename, names: { desk_name: 'name' } }],
  }
}
