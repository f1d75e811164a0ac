import { Around } from '#web/incident/Around.tsx'
import { resolveAfter } from '#web/incident/moves.tsx'
import { Properties } from '#web/incident/Properties.tsx'
import { RecordHead } from '#web/incident/RecordHead.tsx'
import { incidentVerbs } from '#web/incident/verbs.tsx'
import type { Panels, PeekProps } from '#web/item/kind.ts'
import { Peek } from '#web/item/Peek.tsx'
import type { Bench } from '#web/item/verbs.ts'

/** What an incident shows beside what every record shows. */
export const incidentPanels: Panels = {
  verbs: incidentVerbs,
  Head: ({ record, bench }) => <RecordHead incident={record} bench={bench} />,
  Properties: ({ record, bench, folded = false }) => (
    <Properties incident={record} bench={bench} run={runOn(bench)} folded={folded} />
  ),
  Around: ({ record }) => <Around incident={record} />,
  resolve: resolveAfter,
}

export const IncidentPeek = (props: PeekProps) => <Peek {...props} panels={incidentPanels} />

const runOn = (bench: Bench) => (id: string) => () => incidentVerbs.find((verb) => verb.id === id)?.run(bench)
