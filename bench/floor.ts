import { Client } from 'pg'
import { newId } from '#server/core/id.ts'
import { hashOf, noHead } from '#server/item/chain.ts'

/** The same work in plain SQL by the owner: prepared statements, one transaction, no HTTP, no rights, no row security. */
export interface Floor {
  create(connection: number): Promise<void>
  comment(connection: number): Promise<void>
  page(connection: number, where: string, values: readonly unknown[]): Promise<void>
  find(connection: number, words: string): Promise<void>
  ticket(connection: number, id: string): Promise<void>
  close(): Promise<void>
}

export interface Known {
  readonly requester: string
  readonly organisation: string
  readonly team: string
  readonly service: string
  readonly staff: string
  readonly open: readonly string[]
}

export async function floorOf(url: string, connections: number, known: Known): Promise<Floor> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  const ask = (connection: number, name: string, text: string, values: readonly unknown[]) =>
    clients[connection]!.query({ name, text, values: [...values] })
  return {
    create: (connection) => create(clients[connection]!, ask.bind(null, connection), known),
    comment: (connection) => comment(clients[connection]!, ask.bind(null, connection), known),
    async page(connection, where, values) {
      await ask(connection, `page ${where.slice(-50)}`, page(where), values)
    },
    async find(connection, words) {
      await ask(connection, 'find', found, [words.replaceAll(' ', ':* & ') + ':*'])
    },
    async ticket(connection, id) {
      for (const [at, text] of ticket.entries()) await ask(connection, `ticket ${at}`, text, [id])
    },
    async close() {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

type Ask = (name: string, text: string, values: readonly unknown[]) => Promise<{ rows: Record<string, unknown>[] }>

async function create(client: Client, ask: Ask, { requester, organisation, team, service, staff }: Known) {
  const id = newId()
  const at = new Date().toISOString()
  const title = 'The VPN drops every few minutes'
  const text = 'Since this morning it drops every few minutes, and I have to sign in again each time.'
  await client.query('begin')
  const { rows } = await ask('number', `select app.next_number('INC') as number`, [])
  const { number } = rows[0] as { number: string }
  const fields = {
    number,
    kind: 'incident',
    title,
    description: text,
    state: 'new',
    priority: 4,
    requesterId: requester,
  }
  const changes = Object.entries({ ...fields, organisationId: organisation, teamId: team, serviceId: service }).map(
    ([field, after]) => ({ field, before: null, after }),
  )
  const name = 'incident.opened'
  const event = { itemId: id, seq: 1, name, data: {}, changes, internal: false, actorId: staff, channel: 'api' }
  const hash = hashOf(noHead, { ...event, at, recordedAt: at })
  await ask(
    'item',
    `insert into item (id, kind, number, title, state, phase, priority, organisation_id, service_id, team_id,
      requester_id, created_at, updated_at, version, head)
    values ($1, 'incident', $2, $3, 'new', 'open', 4, $4, $5, $6, $7, $8, $8, 1, $9)`,
    [id, number, title, organisation, service, team, requester, at, hash],
  )
  await ask(
    'incident',
    `insert into incident (id, description, impact, urgency, source, opened_by_id) values ($1, $2, 3, 2, 'api', $3)`,
    [id, text, staff],
  )
  await ask('event', insertEvent, eventValues({ ...event, at, prev: noHead, hash }))
  await ask('document', writeDocument, [id])
  await ask(
    'fact',
    `insert into incident_fact (item_id, recorded_at, state, priority, organisation_id, service_id, team_id,
      requester_id, confidential, source, major, opened_by_id, opened_at, waiting_ms, waits, group_changes, hand_changes,
      resolutions, endings, reopenings)
    values ($1, $2, 'new', 4, $3, $4, $5, $6, false, 'api', false, $7, $2, 0, 0, 0, 0, '{}', '{}', '{}')`,
    [id, at, organisation, service, team, requester, staff],
  )
  await ask(
    'step',
    `insert into incident_step (item_id, seq, at, recorded_at, state, team_id) values ($1, 1, $2, $2, 'new', $3)`,
    [id, at, team],
  )
  await client.query('commit')
}

async function comment(client: Client, ask: Ask, { staff, open }: Known) {
  const itemId = open[Math.floor(Math.random() * open.length)]!
  const id = newId()
  const at = new Date().toISOString()
  await client.query('begin')
  const { rows } = await ask('hold', 'select version, head from item where id = $1 for update', [itemId])
  const { version, head } = rows[0] as { version: number; head: Buffer }
  await ask(
    'comment',
    `insert into comment (id, item_id, author_id, body, channel, created_at) values ($1, $2, $3, $4, 'api', $5)`,
    [id, itemId, staff, said, at],
  )
  const about = { itemId, seq: version + 1, name: 'item.commented', data: { commentId: id }, changes: [] }
  const event = { ...about, internal: false, actorId: staff, channel: 'api' }
  const hash = hashOf(head, { ...event, at, recordedAt: at })
  await ask('event', insertEvent, eventValues({ ...event, at, prev: head, hash }))
  await ask('touch', 'update item set version = version + 1, head = $2, updated_at = $3 where id = $1', [
    itemId,
    hash,
    at,
  ])
  await ask('document', writeDocument, [itemId])
  await client.query('commit')
}

export const said = 'We have looked at it and will tell you more today.'

const insertEvent = `
  insert into event (item_id, seq, name, data, changes, internal, actor_id, channel, at, recorded_at, prev, hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)`

interface Event {
  readonly itemId: string
  readonly seq: number
  readonly name: string
  readonly data: object
  readonly changes: readonly object[]
  readonly internal: boolean
  readonly actorId: string
  readonly channel: string
  readonly at: string
  readonly prev: Buffer
  readonly hash: Buffer
}

const eventValues = (event: Event) => [
  event.itemId,
  event.seq,
  event.name,
  event.data,
  JSON.stringify(event.changes),
  event.internal,
  event.actorId,
  event.channel,
  event.at,
  event.prev,
  event.hash,
]

const writeDocument = `
  insert into search_document as there (item_id, words, document)
  select item.id,
    app.fold(left(concat_ws(' ', item.number, item.title, requester.name, detail.description, said.text), 20000)),
    setweight(to_tsvector('simple', app.fold(concat_ws(' ', item.number, item.title))), 'A') ||
    setweight(to_tsvector('simple', app.fold(concat_ws(' ', requester.name, requester.email))), 'B') ||
    setweight(to_tsvector('simple', app.fold(concat_ws(' ', detail.description, detail.resolution_notes))), 'C') ||
    setweight(to_tsvector('simple', app.fold(coalesce(said.text, ''))), 'D')
  from item join incident detail on detail.id = item.id join person requester on requester.id = item.requester_id
  left join lateral (select string_agg(body, ' ' order by id) as text from comment where item_id = item.id) said on true
  where item.id = $1
  on conflict (item_id) do update set words = excluded.words, document = excluded.document`

const page = (where: string) => `
  select item.*, organisation.name as organisation, service.name as service, service.tier, team.name as team,
    assignee.name as assignee, assignee.vip as assignee_vip, requester.name as requester, requester.vip
  from item join incident on incident.id = item.id
  join organisation on organisation.id = item.organisation_id join person requester on requester.id = item.requester_id
  left join service on service.id = item.service_id left join team on team.id = item.team_id
  left join person assignee on assignee.id = item.assignee_id
  where item.kind = 'incident' and ${where} order by item.priority, item.created_at desc, item.id desc limit 51`

const found = `
  select item.id, item.number, item.title, item.state, item.priority, requester.name as requester,
    ts_headline('simple', words, to_tsquery('simple', $1),
      'StartSel=⟦, StopSel=⟧, MaxWords=24, MinWords=8, MaxFragments=1') as excerpt
  from (select id from item where id in (select item_id from search_document where document @@ to_tsquery('simple', $1))
    order by id desc limit 400) candidate
  join item using (id) join search_document on item_id = item.id join person requester on requester.id = requester_id
  order by ts_rank(document, to_tsquery('simple', $1)) desc, item.id desc limit 20`

const ticket = [
  `select item.*, incident.*, organisation.name as organisation, service.name as service, team.name as team,
    assignee.name as assignee, requester.name as requester
  from item join incident on incident.id = item.id
  join organisation on organisation.id = item.organisation_id join person requester on requester.id = item.requester_id
  left join service on service.id = item.service_id left join team on team.id = item.team_id
  left join person assignee on assignee.id = item.assignee_id where item.id = $1`,
  `select comment.*, name from comment join person on person.id = author_id where item_id = $1 order by comment.id`,
  `select note.*, name from note join person on person.id = author_id where item_id = $1 order by note.id`,
  `select event.*, person.name as by from event left join person on person.id = actor_id where item_id = $1 order by seq`,
]
