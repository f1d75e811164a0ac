import { lazy } from 'react'
import type { Incident } from '#shared/incident.ts'
import { openLayer } from '#web/core/layer.ts'

const OverrideDialog = lazy(async () => ({
  default: (await import('#web/incident/OverrideDialog.tsx')).OverrideDialog,
}))

export const openOverride = (incident: Incident) => openLayer(<OverrideDialog incident={incident} />)
