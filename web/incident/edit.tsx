import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lazy } from 'react'
import type { Input } from '#shared/core/endpoint.ts'
import { changeIncident, type Incident } from '#shared/incident.ts'
import { getRecord } from '#shared/records.ts'
import { call, readAgain, Refused } from '#web/core/api.ts'
import { openLayer } from '#web/core/layer.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { patchRow } from '#web/item/records.ts'

const Conflict = lazy(async () => ({ default: (await import('#web/incident/Conflict.tsx')).Conflict }))

export type Edit = Omit<Input<typeof changeIncident>, 'id' | 'version'>

/** What is shown of an edit before the desk has answered. */
export type Guess = Partial<Incident>

/** Change what an incident says. It shows at once; what somebody else changed meanwhile is never written over unseen. */
export function useEdit(incident: Incident) {
  const client = useQueryClient()
  return (edit: Edit, guess: Guess, before?: Edit) => void apply(client, incident, { edit, guess, before })
}

interface Step {
  readonly edit: Edit
  readonly guess: Guess
  readonly before: Edit | undefined
}

async function apply(client: QueryClient, incident: Incident, { edit, guess, before }: Step) {
  patchRow(client, { ...guess, id: incident.id })
  try {
    const changed = await call(changeIncident, { ...edit, id: incident.id, version: incident.version })
    patchRow(client, changed)
    say(t('Changed'), {
      undo: before && (() => void apply(client, changed, { edit: before, guess: {}, before: undefined })),
    })
    void readAgain(client)
  } catch (error) {
    patchRow(client, incident)
    if (error instanceof Refused && error.status === 409) await askWhich(client, incident, edit)
    else sayWrong(error)
  }
}

/** Somebody else was first. Both values are shown, and the person decides. */
async function askWhich(client: QueryClient, incident: Incident, edit: Edit) {
  const theirs = await call(getRecord, { key: incident.id })
  patchRow(client, theirs)
  const keepMine = async () => {
    try {
      patchRow(client, await call(changeIncident, { ...edit, id: incident.id, version: theirs.version }))
      void readAgain(client)
    } catch (error) {
      sayWrong(error)
    }
  }
  openLayer(<Conflict incident={incident} theirs={theirs} edit={edit} keepMine={keepMine} />)
}
