import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { askedOf, conditionOf, readFilter } from '#server/record/record.ts'
import type * as api from '#shared/survey.ts'
import { isDrawn } from './draw.ts'
import { surveyOf } from './surveys.ts'

const day = 86_400_000
const days = 90
const anySurvey = '00000000-0000-0000-0000-000000000000'

interface Done {
  readonly id: string
  readonly requesterId: string
  readonly at: string
  readonly met: boolean
  readonly reachable: boolean
}

/** Whom a survey would have asked, had it been there: by the same draw, and with the same rest between. */
export async function trySurvey(ctx: Ctx, { id, kind, on, ...how }: Args<typeof api.trySurvey>) {
  const drawing = id === undefined ? anySurvey : (await surveyOf(ctx, id)).id
  const done = await doneLately(ctx, { kind, on, filter: how.filter })
  const matched = done.filter(({ met }) => met)
  const last = new Map<string, number>()
  let asked = 0
  for (const { id: itemId, requesterId, at, reachable } of matched) {
    const before = last.get(requesterId)
    const rested = before === undefined || Date.parse(at) - before >= how.restDays * day
    if (!reachable || !rested || !isDrawn(drawing, itemId, how.share)) continue
    last.set(requesterId, Date.parse(at))
    asked += 1
  }
  return { of: done.length, matched: matched.length, asked }
}

async function doneLately(ctx: Ctx, { kind, on, filter }: { kind: string; on: 'resolved' | 'closed'; filter: string }) {
  const asked = await askedOf(ctx, kind)
  const condition = conditionOf(ctx, asked, readFilter(filter, asked.fields))
  const at = sql.ref(`${kind}.${on}_at`)
  const since = new Date(Date.parse(ctx.now) - days * day).toISOString()
  const { rows } = await sql<Done>`
    select item.id, item.requester_id, ${at} as at, (${condition}) is true as met,
      person.active and person.email not like '%.invalid' as reachable
    from item join ${sql.table(kind)} on ${sql.ref(`${kind}.id`)} = item.id
    join person on person.id = item.requester_id
    where item.kind = ${kind} and ${at} >= ${since} and item.state <> 'cancelled'
    order by ${at}, item.id`.execute(ctx.db)
  return rows
}
