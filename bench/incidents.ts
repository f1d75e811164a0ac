import type { Client } from 'pg'
import { newId } from '#server/core/id.ts'
import { applicationProblems } from '#server/demo/problems-applications.ts'
import { networkProblems } from '#server/demo/problems-network.ts'
import { platformProblems } from '#server/demo/problems-platform.ts'
import { workplaceProblems } from '#server/demo/problems-workplace.ts'
import { filler } from '#server/demo/problem.ts'
import { randomFrom, type Random } from '#server/demo/random.ts'
import { hashOf, noHead } from '#server/item/chain.ts'
import { difference, type FieldChange } from '#server/item/happen.ts'
import type { Told } from '#server/report/fact.ts'
import { factTargets, tellFacts } from './facts.ts'
import { line, listed, valuesOf } from './lines.ts'

const day = 86_400_000
const problems = [...applicationProblems, ...networkProblems, ...platformProblems, ...workplaceProblems]

interface Cast {
  readonly organisations: readonly string[]
  readonly teams: readonly string[]
  readonly services: readonly string[]
  readonly staff: readonly { readonly id: string; readonly team: string }[]
  readonly requesters: readonly { readonly id: string; readonly organisation: string }[]
}

export type Table = 'item' | 'incident' | 'event' | 'comment' | 'note' | keyof typeof factTargets

export interface Batch {
  readonly items: number
  readonly into: Readonly<Record<Table, string>>
  readonly text: Readonly<Record<Table, string>>
}

const ids = (count: number) => Array.from({ length: count }, () => newId())

/** 50 organisations, 8 teams, 40 services, 150 staff and 20,000 requesters. */
export async function makeCast(client: Client): Promise<Cast> {
  const [organisations, teams, services] = [ids(50), ids(8), ids(40)]
  const people = ids(20_150).map((id, at) => ({ id, at, name: `${given[at % 60]} ${family[Math.floor(at / 7) % 70]}` }))
  const insert = (table: string, columns: string, rows: readonly (readonly unknown[])[]) =>
    client.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows.map((row) => Object.fromEntries(columns.split(', ').map((name, at) => [name, row[at]]))))],
    )
  await insert(
    'organisation',
    'id, name, retired',
    organisations.map((id, at) => [id, `Customer ${at + 1}`, false]),
  )
  await insert(
    'team',
    'id, name, description, retired',
    teams.map((id, at) => [id, `Team ${at + 1}`, '', false]),
  )
  await insert(
    'service',
    'id, name, description, tier, team_id, retired',
    services.map((id, at) => [id, `Service ${at + 1}`, '', (at % 4) + 1, teams[at % 8], false]),
  )
  await insert(
    'person',
    'id, name, email, organisation_id, zone, vip, active, audience, created_at',
    people.map(({ id, at, name }) => {
      const staff = at < 150
      const about = [id, name, `person${at}@example.com`, organisations[staff ? 0 : at % 50]]
      return [...about, 'Europe/London', !staff && at % 200 === 0, true, staff ? 'staff' : 'requester', '2025-01-01']
    }),
  )
  const staff = people.slice(0, 150).map(({ id, at }) => ({ id, team: teams[at % 8]! }))
  await insert(
    'member',
    'team_id, person_id, lead',
    staff.map(({ id, team }, at) => [team, id, at < 8]),
  )
  const requesters = people.slice(150).map(({ id, at }) => ({ id, organisation: organisations[at % 50]! }))
  return { organisations, teams, services, staff, requesters }
}

const given = Array.from({ length: 60 }, (_, at) => `Given${String.fromCodePoint(97 + (at % 26))}${at}`)
const family = Array.from({ length: 70 }, (_, at) => `Family${String.fromCodePoint(97 + (at % 26))}${at}`)

/** A year of incidents in the order of their times, of which the newest two in a hundred are not done. */
export function* tellIncidents(cast: Cast, count: number, size: number): Generator<Batch> {
  const random = randomFrom(count)
  const now = Date.now()
  for (let from = 0; from < count; from += size) {
    const rows: Rows = { item: [], incident: [], event: [], comment: [], note: [], fact: [], past: [], step: [] }
    const to = Math.min(count, from + size)
    for (let at = from; at < to; at += 1) {
      const created = Math.floor(now - 360 * day + (350 * day * at) / count)
      const done = at < count * 0.9 || random.chance(0.8)
      tell(random, cast, rows, { number: `INC${String(at + 1).padStart(7, '0')}`, created, done })
    }
    const text = Object.fromEntries(Object.entries(rows).map(([table, lines]) => [table, lines.join('')]))
    yield { items: to - from, into: targets, text: text as Batch['text'] }
  }
}

type Rows = Record<Table, string[]>

const itemFields = [
  'title',
  'state',
  'priority',
  'dueAt',
  'organisationId',
  'serviceId',
  'teamId',
  'assigneeId',
] as const
const more = ['requesterId', 'confidential', 'tags', 'custom'] as const
const incidentFields = [
  'description',
  'impact',
  'urgency',
  'source',
  'category',
  'openedById',
  'resolutionCode',
] as const
const moreIncident = [
  'resolutionNotes',
  'closeCategory',
  'resolvedAt',
  'resolvedById',
  'closedAt',
  'holdReason',
] as const

const targets: Batch['into'] = {
  item: `item (id, kind, number, phase, created_at, updated_at, version, head, ${listed([...itemFields, ...more])})`,
  incident: `incident (id, ${listed([...incidentFields, ...moreIncident])})`,
  event: 'event (item_id, seq, name, data, changes, internal, actor_id, channel, at, recorded_at, prev, hash)',
  comment: 'comment (id, item_id, author_id, body, channel, created_at)',
  note: 'note (id, item_id, author_id, body, channel, created_at)',
  ...factTargets,
}

interface About {
  readonly number: string
  readonly created: number
  readonly done: boolean
}

const levels = [3, 3, 3, 3, 2, 2, 2, 1] as const

/** One incident: what it is at its end, and each thing that happened on the way. */
function tell(random: Random, cast: Cast, rows: Rows, { number, created, done }: About) {
  const who = random.pick(cast.staff)
  const taken = done || random.chance(0.7)
  const record = begun({ random, cast, created, number, who: taken ? who.id : null, team: who.team })
  const { caller, problem, fill } = record
  const book = bookOf(rows, record)
  book.happen('incident.opened', caller.id, {}, difference({}, { number, kind: 'incident', ...record.fields }))
  if (taken) {
    book.say(who.id, fill(problem.ask ?? 'We look into it and will tell you more today.'), 'comment')
    book.say(caller.id, fill(problem.answer ?? 'Thank you. It has happened again since.'), 'comment')
    if (random.chance(0.3)) book.say(who.id, fill(problem.notes[0] ?? 'Seen before.'), 'note')
  }
  if (done) {
    const how = { resolutionCode: 'fixed', resolutionNotes: fill(problem.fix), closeCategory: 'Application' }
    const resolvedAt = book.later(random.whole(30, 2000))
    const set = { state: 'resolved', ...how, resolvedById: who.id, resolvedAt }
    book.set('incident.resolved', who.id, { code: 'fixed' }, set)
    const closedAt = book.later(5 * 24 * 60)
    book.set('incident.closed', null, { automatic: true }, { state: 'closed', closedAt })
  }
  book.close(done ? 'done' : 'open')
}

interface Beginning {
  readonly random: Random
  readonly cast: Cast
  readonly created: number
  readonly number: string
  readonly who: string | null
  readonly team: string
}

type Begun = ReturnType<typeof begun>

function begun({ random, cast, created, number, who, team }: Beginning) {
  const problem = random.pick(problems)
  const fill = filler(random, `site ${random.whole(1, 400)}`)
  const caller = random.pick(cast.requesters)
  const [impact, urgency] = [random.pick(levels), random.pick(levels)]
  const fields: Record<string, unknown> = {
    title: fill(problem.title),
    state: who ? 'assigned' : 'new',
    priority: impact + urgency - 1,
    organisationId: caller.organisation,
    serviceId: random.pick(cast.services),
    teamId: team,
    assigneeId: who,
    requesterId: caller.id,
    confidential: false,
    tags: random.chance(0.1) ? ['warranty'] : [],
    custom: {},
    description: `${fill(problem.text)} Asset ${random.whole(10_000, 99_999)}.`,
    impact,
    urgency,
    source: 'portal',
    category: 'Application',
    openedById: caller.id,
    major: false,
    reassignmentCount: 0,
    reopenCount: 0,
  }
  return { id: newId(created), number, created, random, problem, fill, caller, fields }
}

/** Writes down what happens to one incident, each event under the hash of the one before. */
function bookOf(rows: Rows, { id, number, created, random, caller, ...begins }: Begun) {
  let { fields } = begins
  const history: Told[] = []
  let [seq, head, at] = [0, noHead, created]
  const happen = (name: string, by: string | null, data: object, changes: readonly FieldChange[]) => {
    seq += 1
    const time = new Date(at).toISOString()
    const internal = name === 'item.noted'
    const link = { itemId: id, seq, name, data, changes, internal, actorId: by, channel: 'web' }
    const hash = hashOf(head, { ...link, at: time, recordedAt: time })
    rows.event.push(line([id, seq, name, data, JSON.stringify(changes), internal, by, 'web', time, time, head, hash]))
    const byStaff = by !== null && by !== caller.id
    history.push({ itemId: id, seq, name, at: time, recordedAt: time, channel: 'web', actorId: by, byStaff, changes })
    head = hash
  }
  const later = (minutes: number) => {
    at += minutes * 60_000
    return new Date(at).toISOString()
  }
  return {
    happen,
    later,
    set(name: string, by: string | null, data: object, changed: Record<string, unknown>) {
      const before = Object.fromEntries(Object.keys(changed).map((field) => [field, fields[field]]))
      happen(name, by, data, difference(before, changed))
      fields = { ...fields, ...changed }
    },
    say(by: string, body: string, kind: 'comment' | 'note') {
      const time = later(random.whole(5, 300))
      const said = newId(at)
      rows[kind].push(line([said, id, by, body, 'web', time]))
      happen(kind === 'comment' ? 'item.commented' : 'item.noted', by, { [`${kind}Id`]: said }, [])
    },
    close(phase: 'open' | 'done') {
      const stamps = [new Date(created).toISOString(), new Date(at).toISOString(), seq, head]
      rows.item.push(line([id, 'incident', number, phase, ...stamps, ...valuesOf(fields, [...itemFields, ...more])]))
      rows.incident.push(line([id, ...valuesOf(fields, [...incidentFields, ...moreIncident])]))
      tellFacts(rows, history)
    },
  }
}
