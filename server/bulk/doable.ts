import type { Ctx, Desk } from '#server/core/desk.ts'
import type { Call, Served } from '#server/core/http.ts'
import { checkInput } from '#server/core/input.ts'
import { requirePermission } from '#server/core/permission.ts'
import { invalid, Refusal } from '#server/core/refusal.ts'
import { keyIn, verbOf, type Endpoint } from '#shared/core/endpoint.ts'
import * as incident from '#shared/incident.ts'
import { changeTags } from '#shared/item/item.ts'
import { unwatch, watch } from '#shared/item/watchers.ts'
import { takeAction } from '#shared/template.ts'

/** What may be done to many. Each is done by the verb that does it to one, so that no rule stands twice. */
const bulkable: readonly Endpoint[] = [
  incident.changeIncident,
  incident.assignIncident,
  incident.startIncident,
  incident.holdIncident,
  incident.resolveIncident,
  incident.reopenIncident,
  incident.closeIncident,
  incident.cancelIncident,
  changeTags,
  takeAction,
  watch,
  unwatch,
]

type Input = Readonly<Record<string, unknown>>

/** A verb that can be done to many, and what it needs to know beside which. */
export interface Doable {
  /** Refuses an input that would be wrong for every record. */
  check(input: Input): void
  take(ctx: Ctx, desk: Desk, itemId: string, input: Input): Promise<unknown>
  /** Whoever does or takes back a change must have the right to make it. */
  requireMay(ctx: Ctx): void
}

export type Doables = ReadonlyMap<string, Doable>

const names = new Set(bulkable.map(verbOf))

export const doablesAmong = (served: readonly Served[]): Doables =>
  new Map(
    served
      .filter(({ endpoint }) => names.has(verbOf(endpoint)))
      .map(({ endpoint, answer }) => [verbOf(endpoint), doable(endpoint, answer)]),
  )

export function doableNamed(doables: Doables, verb: string): Doable {
  const found = doables.get(verb)
  if (!found) throw invalid({ verb: `What can be done to many is ${[...doables.keys()].join(', ')}` })
  return found
}

function doable(endpoint: Endpoint, answer: Served['answer']): Doable {
  const key = keyIn(endpoint)
  const requireMay = ({ actor }: Ctx) => requirePermission(actor, endpoint)
  return {
    check(input) {
      checkedAs(() => checkInput(endpoint, { ...input, [key]: nobody }))
    },
    async take(ctx, desk, itemId, input) {
      requireMay(ctx)
      await answer(ctx, checkInput(endpoint, { ...input, [key]: itemId }), byNobody, desk)
    },
    requireMay,
  }
}

const nobody = '00000000-0000-4000-8000-000000000000'

/** No request stands behind what is done later. */
const byNobody: Call = { address: '', agent: '', session: null, setSession() {} }

/** What is wrong about a field of the verb is told of the field where it was sent. */
function checkedAs(check: () => unknown) {
  try {
    check()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw invalid(Object.fromEntries(Object.entries(error.fields).map(([field, why]) => [`input.${field}`, why])))
  }
}
