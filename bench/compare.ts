import { Client } from 'pg'
import { createToken } from '#server/session/session.ts'
import { addStartingRoles } from '#server/people/people.ts'
import { floorOf, said, type Floor, type Known } from './floor.ts'
import { callerOf, measureBoth, type Caller, type Measured } from './measure.ts'
import { asSystem, withDesk } from './place.ts'

export interface Comparison {
  readonly name: string
  readonly desk: Measured
  readonly floor: Measured
  /** The middle of the ratios of their turns. */
  readonly ofFloor: number
}

interface Run {
  readonly address: string
  readonly url: string
  readonly seconds: number
  readonly say: (line: string) => void
}

interface Work {
  readonly name: string
  readonly connections: number
  desk(caller: Caller, connection: number): Promise<unknown>
  floor(floor: Floor, connection: number): Promise<unknown>
}

/** Measures the desk and the floor by turns, one kind of work after the other. */
export async function compare({ address, url, seconds, say }: Run): Promise<Comparison[]> {
  const known = await lookAround(url)
  const caller = callerOf(address, await tokenFor(url, known.staff))
  const floor = await floorOf(url, 8, known)
  const comparisons: Comparison[] = []
  try {
    for (const { name, connections, ...work } of worksFor(known)) {
      const both = await measureBoth(connections, seconds, [
        (connection) => work.desk(caller, connection),
        (connection) => work.floor(floor, connection),
      ])
      comparisons.push({ name, ...both })
      const [desk, plain] = [both.desk, both.floor].map(({ perSecond }) => perSecond.toFixed(0))
      say(`${name} × ${connections}: ${desk}/s, floor ${plain}/s: ${both.ofFloor.toFixed(2)}`)
    }
  } finally {
    caller.close()
    await floor.close()
  }
  return comparisons
}

export async function versionOf(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  await client.end()
  return rows[0]!.version
}

async function tokenFor(url: string, personId: string) {
  return withDesk(url, (desk) =>
    asSystem(desk, async (ctx) => {
      const roles = await addStartingRoles(ctx)
      await ctx.db
        .insertInto('personRole')
        .values({ personId, roleId: roles.get('analyst')! })
        .onConflict((there) => there.doNothing())
        .execute()
      return (await createToken(ctx, personId, { name: 'bench', days: 1 })).token
    }),
  )
}

async function lookAround(url: string): Promise<Known & { readonly words: readonly string[] }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Omit<Known, 'open'>>(`
    select item.requester_id as requester, item.organisation_id as organisation, item.team_id as team,
      item.service_id as service, (select person_id from member where member.team_id = item.team_id limit 1) as staff
    from item where phase <> 'done' and team_id is not null limit 1`)
  const open = await client.query<{ id: string }>(
    `select item.id from item join incident_fact on item_id = item.id where phase <> 'done' limit 20000`,
  )
  const words = await client.query<{ word: string }>(`
    select substring(description from 'Asset (\\d{3})') as word from incident
    where description like '%Asset%' order by id desc limit 500`)
  await client.end()
  return { ...rows[0]!, open: open.rows.map(({ id }) => id), words: words.rows.map(({ word }) => word) }
}

const one = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!

const listOf = (filter: string, sort = 'priority,-createdAt') =>
  `/records?${new URLSearchParams({ kind: 'incident', filter, sort, limit: '50' }).toString()}`

function worksFor(known: Awaited<ReturnType<typeof lookAround>>): Work[] {
  const open = listOf('is:open')
  const team = listOf(`is:open team:${known.team}`)
  const three = listOf(`is:open priority<=3 organisation:${known.organisation}`)
  const report = {
    title: 'The VPN drops every few minutes',
    description: 'Since this morning it drops every few minutes, and I have to sign in again each time.',
    impact: 3,
    urgency: 2,
    requesterId: known.requester,
    serviceId: known.service,
    teamId: known.team,
  }
  const create: Omit<Work, 'connections'> = {
    name: 'Report an incident',
    desk: (caller) => caller.post('/incidents', report),
    floor: (floor, connection) => floor.create(connection),
  }
  return [
    { ...create, connections: 1 },
    { ...create, connections: 8 },
    ...[1, 8].map((connections) => ({
      name: 'Open queue',
      connections,
      desk: (caller: Caller) => caller.get(open),
      floor: (floor: Floor, connection: number) => floor.page(connection, `item.phase <> 'done'`, []),
    })),
    {
      name: 'A team’s queue',
      connections: 8,
      desk: (caller) => caller.get(team),
      floor: (floor, connection) => floor.page(connection, `item.phase <> 'done' and item.team_id = $1`, [known.team]),
    },
    {
      name: 'A filter of three conditions',
      connections: 8,
      desk: (caller) => caller.get(three),
      floor: (floor, connection) =>
        floor.page(connection, `item.phase <> 'done' and item.priority <= 3 and item.organisation_id = $1`, [
          known.organisation,
        ]),
    },
    {
      name: 'Full-text search',
      connections: 8,
      desk: (caller) => caller.get(`/search?${new URLSearchParams({ q: `vpn asset ${one(known.words)}` }).toString()}`),
      floor: (floor, connection) => floor.find(connection, `vpn asset ${one(known.words)}`),
    },
    {
      name: 'A record with its conversation and history',
      connections: 8,
      async desk(caller) {
        const id = one(known.open)
        await caller.get(`/records/${id}`)
        for (const part of ['comments', 'notes', 'history']) await caller.get(`/items/${id}/${part}`)
      },
      floor: (floor, connection) => floor.ticket(connection, one(known.open)),
    },
    {
      name: 'Write a comment',
      connections: 8,
      desk: (caller) => caller.post(`/items/${one(known.open)}/comments`, { body: said }),
      floor: (floor, connection) => floor.comment(connection),
    },
  ]
}
