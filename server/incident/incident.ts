export { assign, assignIncident } from './assign.ts'
export { change, changeIncident, overridePriority } from './change.ts'
export { setParent } from './family.ts'
export {
  cancelIncident,
  closeIncident,
  holdIncident,
  keepWaiting,
  resolve,
  resolveIncident,
  start,
  startIncident,
} from './moves.ts'
export { openIncident, report, resting } from './open.ts'
export { getPriorityMatrix, setPriorityMatrix } from './priority.ts'
export { getIncident, listChildren } from './read.ts'
export { reopen, reopenIncident } from './reopen.ts'
