import { useQueryClient } from '@tanstack/react-query'
import type { Incident } from '#shared/incident.ts'
import { useCommands } from '#web/core/keys.ts'
import { useMay, useMe } from '#web/core/me.ts'
import { incidentVerbs } from '#web/incident/verbs.tsx'
import { commandsOf, type Bench } from '#web/item/verbs.ts'
import { askToWrite } from '#web/item/writing.ts'

/** The verbs of a record that is open, for its buttons and its menu. */
export function useRecordBench(incident: Incident): Bench {
  const client = useQueryClient()
  const me = useMe()
  const may = useMay()
  return { client, me, may, targets: () => [incident], write: askToWrite }
}

/** The same verbs for the keyboard and the palette, where the record is the page. */
export function useRecordCommands(bench: Bench) {
  useCommands(commandsOf(incidentVerbs, bench))
}

export const runVerb = (bench: Bench) => (id: string) => () => incidentVerbs.find((verb) => verb.id === id)?.run(bench)
