import type { Args, Ctx } from '#server/core/desk.ts'
import { bySystem } from '#server/core/desk.ts'
import { requireItem } from '#server/item/item.ts'
import type * as api from '#shared/sla.ts'
import type { Clock, Segment, Share, Step } from '#shared/sla/clock.ts'
import type { Counted } from './clock.ts'
import { countAll, historiesOf, livesOf } from './count.ts'
import { setupOf, type Setup } from './setup.ts'
import type { Story } from './story.ts'
import { clockRows, revisionsIn } from './store.ts'
import { because, lengthOf, sentenceOf, whyNot } from './words.ts'

/** The clocks of an item as they now stand, counted from its history while one looks. */
export async function listClocks(ctx: Ctx, { itemId }: Args<typeof api.listClocks>) {
  const { kind } = await requireItem(ctx, itemId)
  return bySystem(ctx, (own) => clocksNow({ ...own, now: ctx.now }, kind, itemId))
}

async function clocksNow(ctx: Ctx, kind: string, itemId: string) {
  const setup = await setupOf(ctx, kind)
  const rows = await clockRows(ctx, [itemId])
  const [life] = await livesOf(ctx, setup, await historiesOf(ctx, [itemId]), revisionsIn(rows))
  if (!life) return { at: ctx.now, clocks: [], notStarted: [] }
  const counted = countAll(setup, life, Date.parse(ctx.now), rows)
  const names = await calendarNames(ctx)
  const without = setup.definitions.filter(({ id, retiredAt }) => {
    return retiredAt === null && !counted.some(({ definition }) => definition.id === id)
  })
  return {
    at: ctx.now,
    clocks: counted.map((clock) => clockOf(clock, life.story, names)),
    notStarted: without.map((definition) => ({
      definitionId: definition.id,
      name: definition.name,
      because: whyNot(definition, life.story),
    })),
  }
}

export async function calendarNames({ db }: Ctx): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('calendar').select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const time = (at: number) => new Date(at).toISOString()
const timeOrNull = (at: number | null) => (at === null ? null : time(at))

/** A clock as it is told: how it stands, what led there, and who held it. */
export function clockOf(clock: Counted, story: Story, calendars: ReadonlyMap<string, string>): Clock {
  const { definition, rules, state, endedAt, target, businessMs, elapsedMs, pausedMs } = clock
  const segments = segmentsOf(clock, calendars)
  return {
    definitionId: definition.id,
    name: definition.name,
    kind: definition.kind,
    target: definition.target,
    version: rules.version,
    state,
    attachedAt: time(clock.attachedAt),
    startedAt: time(clock.startedAt),
    stoppedAt: state === 'stopped' ? timeOrNull(endedAt) : null,
    cancelledAt: state === 'cancelled' ? timeOrNull(endedAt) : null,
    pausedSince: state === 'paused' ? timeOrNull(clock.pausedSince) : null,
    breachedAt: timeOrNull(clock.breachedAt),
    dueAt: timeOrNull(clock.dueAt),
    originalDueAt: timeOrNull(clock.originalDueAt),
    targetMs: target,
    businessMs,
    elapsedMs,
    pausedMs,
    warnAt: rules.terms.warnAt,
    sentence: sentenceOf(clock),
    segments,
    steps: stepsOf(clock, story),
    breakdown: breakdownOf(segments),
  }
}

const segmentsOf = ({ pieces }: Counted, calendars: ReadonlyMap<string, string>): Segment[] =>
  pieces.map(({ from, to, state, businessMs, holder, calendarId, hours }) => ({
    from: time(from),
    to: time(to),
    state,
    businessMs,
    holder,
    calendar: calendarId === null ? 'Around the clock' : (calendars.get(calendarId) ?? 'A calendar that is gone'),
    zone: hours.zone,
  }))

/** Why it is as it is: each turn with the condition, the values and the event; and what passed in between. */
function stepsOf(clock: Counted, { moments, fields }: Story): Step[] {
  const turned = clock.turns.map(({ did, condition, holds, moment }): Step => {
    const { at, seq, event, record } = moments[moment]!
    const began = did === 'attached' && clock.startedAt < at ? `, counted from ${time(clock.startedAt)}` : ''
    return { at: time(at), seq, event, did, because: `${because(condition, holds, record, fields)}${began}` }
  })
  const passed = clock.marks.map(({ percent, at }): Step => {
    const { seq, event } = moments.findLast((moment) => moment.at <= at) ?? moments[0]!
    const whole = lengthOf(clock.target ?? 0)
    if (percent === 100) return { at: time(at), seq, event, did: 'breached', because: `${whole} were used up` }
    return { at: time(at), seq, event, did: 'warned', because: `${percent} % of ${whole} were used up` }
  })
  return [...turned, ...passed].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq))
}

/** Who held it for how long; the parts come to the whole, since each segment is in one pair of hands. */
function breakdownOf(segments: readonly Segment[]): Share[] {
  const shares = new Map<string, Share>()
  for (const { holder, from, to, state, businessMs } of segments) {
    const key = `${holder.kind} ${holder.id ?? ''}`
    const share = shares.get(key) ?? { holder, businessMs: 0, elapsedMs: 0, pausedMs: 0 }
    const length = Date.parse(to) - Date.parse(from)
    const running = state === 'running'
    shares.set(key, {
      holder,
      businessMs: share.businessMs + (running ? businessMs : 0),
      elapsedMs: share.elapsedMs + (running ? length : 0),
      pausedMs: share.pausedMs + (running ? 0 : length),
    })
  }
  return [...shares.values()].toSorted((a, b) => b.businessMs - a.businessMs)
}

/** Which clocks some terms would give a record; nothing is changed. */
export async function previewOf(ctx: Ctx, setup: Setup, itemId: string) {
  const [life] = await livesOf(ctx, setup, await historiesOf(ctx, [itemId]))
  const [definition] = setup.definitions
  if (!life || !definition) return { clocks: [], because: null }
  const counted = countAll(setup, life, Date.parse(ctx.now))
  const names = await calendarNames(ctx)
  return {
    clocks: counted.map((clock) => clockOf(clock, life.story, names)),
    because: counted.length > 0 ? null : whyNot(definition, life.story),
  }
}
