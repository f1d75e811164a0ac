import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import { listChildren, setParent } from '#shared/family.ts'
import * as api from '#shared/incident.ts'
import { getPriorityMatrix, setPriorityMatrix } from '#shared/matrix.ts'
import { flowDown } from './family.ts'
import { callerReplied, closeResolved } from './follow.ts'
import * as verbs from './incident.ts'

export const incident: Module = {
  served: [
    serve(api.openIncident, verbs.openIncident),
    serve(api.changeIncident, verbs.changeIncident),
    serve(api.assignIncident, verbs.assignIncident),
    serve(api.startIncident, verbs.startIncident),
    serve(api.holdIncident, verbs.holdIncident),
    serve(api.resolveIncident, verbs.resolveIncident),
    serve(api.reopenIncident, verbs.reopenIncident),
    serve(api.closeIncident, verbs.closeIncident),
    serve(api.cancelIncident, verbs.cancelIncident),
    serve(api.overridePriority, verbs.overridePriority),
    serve(setParent, verbs.setParent),
    serve(listChildren, verbs.listChildren),
    serve(getPriorityMatrix, verbs.getPriorityMatrix),
    serve(setPriorityMatrix, verbs.setPriorityMatrix),
  ],
  reactions: [callerReplied, flowDown],
  jobs: [closeResolved],
}
