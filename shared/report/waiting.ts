/** Figures that need what this desk does not hold yet, and what that is. */
export const waiting = [
  { label: 'Time to detect (MTTD)', for: 'the start of a fault as evidence on the incident' },
  { label: 'Time to restore (MTTR), availability, MTBF, MTBSI', for: 'outages of services' },
  { label: 'Change success, emergency and unauthorised share', for: 'changes' },
  { label: 'Deployment frequency, lead time, failures and recovery (DORA)', for: 'deployments' },
  { label: 'Error budget and burn rate', for: 'service level objectives' },
  { label: 'CSAT, CES, NPS', for: 'surveys' },
  { label: 'Cost per ticket', for: 'costs' },
  { label: 'Deflection, article link rate', for: 'knowledge' },
  { label: 'Proactive communication', for: 'a status page' },
  { label: 'Recurrence', for: 'problems' },
  { label: 'CMDB health', for: 'configuration items' },
  { label: 'On-call load', for: 'on-call' },
  { label: 'Vendor hold share', for: 'vendors and their calendars' },
] as const
