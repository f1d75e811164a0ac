import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/sla.ts'
import { addDefinition, changeDefinition, checkTerms, listDefinitions } from './definitions.ts'
import { deriveClocks, keepClocks } from './keep.ts'
import { listPromises } from './promises.ts'
import { listClocks } from './read.ts'
import { recalculate } from './recalculate.ts'
import { tellLater } from './tell.ts'
import { previewTerms, simulateTerms } from './trial.ts'
import { wakeItem, wakeRound } from './wake.ts'

export const sla: Module = {
  served: [
    serve(api.listClocks, listClocks),
    serve(api.listPromises, listPromises),
    serve(api.listDefinitions, listDefinitions),
    serve(api.addDefinition, addDefinition),
    serve(api.changeDefinition, changeDefinition),
    serve(api.checkTerms, checkTerms),
    serve(api.previewTerms, previewTerms),
    serve(api.simulateTerms, simulateTerms),
    serve(api.recalculate, recalculate),
  ],
  reactions: [keepClocks],
  derived: [deriveClocks],
  jobs: [wakeItem, wakeRound, tellLater],
}
