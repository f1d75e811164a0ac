import { lazy } from 'react'
import { useCommands } from '#web/core/keys.ts'
import { openLayer } from '#web/core/layer.ts'
import { useMay } from '#web/core/me.ts'

const NewIncident = lazy(async () => ({ default: (await import('#web/incident/NewIncident.tsx')).NewIncident }))

export const openNew = () => openLayer(<NewIncident />)

export function useNewCommand() {
  const may = useMay()
  const when = () => may('incident.open')
  useCommands([{ id: 'new', label: 'New incident', section: 'Create', keys: 'c', when, run: openNew }])
}
