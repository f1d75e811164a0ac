import { lazy } from 'react'
import { openLayer } from '#web/core/layer.ts'
import { t } from '#web/core/words.ts'
import { incidentVerbs } from '#web/incident/verbs.tsx'
import { startingColumns } from '#web/item/columns.tsx'
import type { Kind } from '#web/item/kind.ts'
import { commonViews } from '#web/item/views.ts'

const NewIncident = lazy(async () => ({ default: (await import('#web/incident/NewIncident.tsx')).NewIncident }))
const IncidentPeek = lazy(async () => ({ default: (await import('#web/incident/panels.tsx')).IncidentPeek }))

/** What lists and pages of records need to know of incidents. */
export const incidentKind: Kind = {
  name: 'incident',
  path: '/q',
  views: [...commonViews, { id: 'resolved', name: t('Resolved'), filter: 'state:resolved', sort: '-updatedAt' }],
  columns: startingColumns,
  verbs: incidentVerbs,
  opening: { label: t('New incident'), may: 'incident.open', open: () => openLayer(<NewIncident />) },
  none: t('Nobody has reported anything yet.'),
  noneFits: t('No incident matches this filter.'),
  showAll: t('Show all incidents'),
  Peek: IncidentPeek,
}
