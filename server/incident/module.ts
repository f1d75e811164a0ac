import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/incident.ts'
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
    serve(api.setParent, verbs.setParent),
    serve(api.listChildren, verbs.listChildren),
    serve(api.getPriorityMatrix, verbs.getPriorityMatrix),
    serve(api.setPriorityMatrix, verbs.setPriorityMatrix),
  ],
  reactions: [callerReplied, flowDown],
  jobs: [closeResolved],
}
