import { reactionsByEvent } from '#server/core/reactions.ts'
import type { Connection } from '#server/core/db.ts'
import type { Desk, Ports } from '#server/core/desk.ts'
import type { Module } from '#server/core/module.ts'
import { sweepFiles } from '#server/core/sweep.ts'
import { alert } from '#server/alert/module.ts'
import { bulk } from '#server/bulk/module.ts'
import { calendar } from '#server/calendar/module.ts'
import { importing } from '#server/import/module.ts'
import { guest } from '#server/guest/module.ts'
import { incident } from '#server/incident/module.ts'
import { item } from '#server/item/module.ts'
import { record } from '#server/record/module.ts'
import { report } from '#server/report/module.ts'
import { rule } from '#server/rule/module.ts'
import type { MakeDemo } from '#server/desk/desk.ts'
import { desk } from '#server/desk/module.ts'
import { mail } from '#server/mail/module.ts'
import { notify } from '#server/notify/module.ts'
import { people } from '#server/people/module.ts'
import { service } from '#server/service/module.ts'
import { session } from '#server/session/module.ts'
import { sla } from '#server/sla/module.ts'
import { survey } from '#server/survey/module.ts'
import { template } from '#server/template/module.ts'
import { letIn } from '#server/session/session.ts'

// The demo is large, and read only where it is asked for.
const makeDemo: MakeDemo = async (...of) => (await import('#server/demo/demo.ts')).makeDemo(...of)

/** The whole desk. Take a line out and that part of the product is gone. */
const parts: readonly Module[] = [
  mail,
  people,
  session,
  service,
  calendar,
  item,
  // Before whatever makes more happen to a record, so that it is told of each event in its turn.
  report,
  incident,
  record,
  guest,
  // Before the rules: what a rule does to a new record is counted after that record's beginning.
  sla,
  rule,
  notify,
  survey,
  alert,
  template,
  importing,
  desk({ letIn, makeDemo }),
]

/** What can be done to one record can be done to many. */
const modules = [...parts, bulk(parts.flatMap((module) => module.served ?? []))]

export const served = modules.flatMap((module) => module.served ?? [])
export const routes = modules.flatMap((module) => module.routes ?? [])
const reactions = modules.flatMap((module) => module.reactions ?? [])
const derived = modules.flatMap((module) => module.derived ?? [])
export const jobs = [
  sweepFiles,
  ...modules.flatMap((module) => module.jobs ?? []),
  ...reactions.flatMap((reaction) => (reaction.when === 'after' ? [reaction.job] : [])),
]

export function openDesk(connection: Connection, ports: Ports, address: string): Desk {
  return {
    connection,
    ports,
    reactions: reactionsByEvent(reactions, ports),
    derived,
    keepFiles: modules.flatMap((module) => module.keepFiles ?? []),
    settings: modules.flatMap((module) => module.settings ?? []),
    address,
    readOnly: { why: null },
    setUp: { now: { epoch: null } },
  }
}
