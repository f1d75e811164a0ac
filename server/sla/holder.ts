import type { Row } from '#shared/filter/evaluate.ts'
import type { Holder } from '#shared/sla/clock.ts'
import { rowAt } from './moments.ts'

/** In whose hands a record is: whom it waits for, else who works on it, else whose queue it lies in. */
export function holderOf(record: Row): Holder {
  if (record['holdReason'] === 'caller') return named('requester', rowAt(record, 'requester'))
  if (record['holdReason'] === 'vendor') return { kind: 'vendor', id: null, name: 'The vendor' }
  const [assignee, team] = [rowAt(record, 'assignee'), rowAt(record, 'team')]
  if (assignee['id'] !== undefined) return named('person', assignee)
  if (team['id'] !== undefined) return named('team', team)
  return { kind: 'nobody', id: null, name: 'Nobody' }
}

const named = (kind: Holder['kind'], { id, name }: Row): Holder => ({
  kind,
  id: typeof id === 'string' ? id : null,
  name: typeof name === 'string' ? name : 'Somebody',
})
