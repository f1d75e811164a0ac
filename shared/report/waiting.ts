import { text } from '#shared/core/message.ts'
/** Figures that need what this desk does not hold yet, and what that is. */
export const waiting = [
  { label: text('Time to detect (MTTD)'), for: text('the start of a fault as evidence on the incident') },
  { label: text('Time to restore (MTTR), availability, MTBF, MTBSI'), for: text('outages of services') },
  { label: text('Change success, emergency and unauthorised share'), for: text('changes') },
  { label: text('Deployment frequency, lead time, failures and recovery (DORA)'), for: text('deployments') },
  { label: text('Error budget and burn rate'), for: text('service level objectives') },
  { label: text('CSAT, CES, NPS'), for: text('surveys') },
  { label: text('Cost per ticket'), for: text('costs') },
  { label: text('Deflection, article link rate'), for: text('knowledge') },
  { label: text('Proactive communication'), for: text('a status page') },
  { label: text('Recurrence'), for: text('problems') },
  { label: text('CMDB health'), for: text('configuration items') },
  { label: text('On-call load'), for: text('on-call') },
  { label: text('Vendor hold share'), for: text('vendors and their calendars') },
] as const
