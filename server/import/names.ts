import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import type { Draft, Named } from './draft.ts'
import type { Ids } from './steps.ts'

/** How many of what an import had to add. */
export interface Added {
  readonly people: number
  readonly teams: number
  readonly organisations: number
  readonly services: number
}

/** What is known by name already, so that it need not be asked for again; keys are `what key`. */
export type Known = Map<string, string>

type What = 'person' | 'team' | 'organisation' | 'service'

interface Person extends Named {
  readonly staff: boolean
}

const nobody: Person = { name: 'Unknown requester', email: null, staff: false }
const keyOf = ({ name, email }: Named) => (email === null ? `name ${name.toLowerCase()}` : `mail ${email}`)

export interface Place {
  readonly system: string
  readonly organisation: string
}

/**
 * The ids of all that some rows name. What the desk does not have is added: people are inactive and hold no role, for to
 * be named in a file gives nobody a right; teams have no members.
 */
export async function findNames(ctx: Ctx, place: Place, drafts: readonly Draft[], known: Known) {
  const people = peopleIn(drafts)
  const found: Known = new Map()
  const places = namesIn(drafts, ({ organisation }) => organisation).add(place.organisation)
  const organisations = await ensure(ctx, place, { what: 'organisation', names: places }, { known, found })
  const home =
    found.get(`organisation ${place.organisation.toLowerCase()}`) ??
    known.get(`organisation ${place.organisation.toLowerCase()}`)!
  const teams = await ensure(ctx, place, { what: 'team', names: namesIn(drafts, ({ team }) => team) }, { known, found })
  const serviceNames = namesIn(drafts, ({ service }) => service)
  const services = await ensure(ctx, place, { what: 'service', names: serviceNames }, { known, found })
  const added = await ensurePeople(ctx, place, people, { known, found, home })
  const id = (what: What, key: string) => found.get(`${what} ${key}`) ?? known.get(`${what} ${key}`) ?? missing(key)
  const whose = await organisationsOf(
    ctx,
    [...people.values()].map((one) => id('person', keyOf(one))),
  )
  const ids: Ids = {
    person: (named) => id('person', keyOf(named)),
    team: (name) => id('team', name.toLowerCase()),
    service: (name) => id('service', name.toLowerCase()),
    organisation: (name) => id('organisation', name.toLowerCase()),
    organisationOf: (personId) => whose.get(personId) ?? home,
    nobody: () => id('person', keyOf(nobody)),
  }
  return { ids, found, added: { people: added, teams, organisations, services } satisfies Added }
}

function missing(key: string): never {
  throw new Error(`Nothing was found or added for ${key}`)
}

function namesIn(drafts: readonly Draft[], of: (draft: Draft) => string | null | undefined) {
  return new Set(drafts.map(of).filter((name) => typeof name === 'string'))
}

/** Everybody whom the rows name. Who does anything but ask stands on the desk's side of the counter. */
function peopleIn(drafts: readonly Draft[]) {
  const people = new Map<string, Person>()
  const add = (named: Named | null | undefined, staff: boolean) => {
    if (!named) return
    const before = people.get(keyOf(named))
    people.set(keyOf(named), { ...named, staff: staff || before?.staff === true })
  }
  for (const { requester, openedBy, updatedBy, assignee, resolvedBy } of drafts) {
    add(requester ?? nobody, false)
    for (const one of [updatedBy, assignee, resolvedBy]) add(one, true)
    // Whoever opened it may have asked for it themselves.
    add(openedBy, requester ? !openedBy || keyOf(openedBy) !== keyOf(requester) : true)
  }
  return people
}

interface Memory {
  readonly known: Known
  readonly found: Known
}

/** Finds or adds teams, organisations or services by their names; says how many were added. */
async function ensure(
  { db }: Ctx,
  { system }: Place,
  { what, names }: { what: 'team' | 'organisation' | 'service'; names: ReadonlySet<string> },
  { known, found }: Memory,
) {
  const wanted = new Map([...names].map((name) => [name.toLowerCase(), name]))
  for (const key of wanted.keys()) if (known.has(`${what} ${key}`)) wanted.delete(key)
  if (wanted.size === 0) return 0
  const table = sql.table(what)
  const keys = [...wanted.keys()]
  const before = await sql<{ key: string; id: string }>`
    select key, ${sql.ref(`${what}Id`)} as id from import_source
    where system = ${system} and what = ${what} and key = any(${keys})`.execute(db)
  const there = await sql<{ key: string; id: string }>`
    select lower(name) as key, id from ${table} where lower(name) = any(${keys})`.execute(db)
  for (const { key, id } of [...there.rows, ...before.rows]) found.set(`${what} ${key}`, id)
  const fresh = [...wanted]
    .filter(([key]) => !found.has(`${what} ${key}`))
    .map(([key, name]) => ({ key, name, id: newId() }))
  for (const { key, id } of fresh) found.set(`${what} ${key}`, id)
  const [ids, all] = [fresh.map(({ id }) => id), fresh.map(({ name }) => name)]
  if (fresh.length > 0 && what === 'organisation')
    await sql`insert into organisation (id, name) select * from unnest(${ids}::uuid[], ${all}::text[])`.execute(db)
  else if (fresh.length > 0)
    await sql`insert into ${table} (id, name, description)
      select id, name, ${`Imported from ${system}`} from unnest(${ids}::uuid[], ${all}::text[]) its (id, name)`.execute(
      db,
    )
  const sources = [...wanted.keys()].map((key) => ({ key, id: found.get(`${what} ${key}`)! }))
  await remember({ db }, system, what, sources)
  return fresh.length
}

/** Finds people by what was brought in before, then by their e-mail address; adds the others. */
async function ensurePeople(
  ctx: Ctx,
  { system }: Place,
  people: ReadonlyMap<string, Person>,
  { known, found, home }: Memory & { readonly home: string },
) {
  const { db, now } = ctx
  const wanted = new Map([...people].filter(([key]) => !known.has(`person ${key}`)))
  if (wanted.size === 0) return 0
  const before = await db
    .selectFrom('importSource')
    .select(['key', 'personId'])
    .where('system', '=', system)
    .where('what', '=', 'person')
    .where((eb) => eb('key', '=', eb.fn.any(sql<string[]>`${[...wanted.keys()]}::text[]`)))
    .execute()
  for (const { key, personId } of before) if (personId) found.set(`person ${key}`, personId)
  const byMail = new Map([...wanted].flatMap(([key, { email }]) => (email === null ? [] : [[email, key] as const])))
  const there = await sql<{ id: string; email: string }>`
    select id, email from person where email = any(${[...byMail.keys()]})`.execute(db)
  for (const { id, email } of there.rows) found.set(`person ${byMail.get(email)!}`, id)
  const fresh = [...wanted]
    .filter(([key]) => !found.has(`person ${key}`))
    .map(([key, one]) => ({ key, id: newId(), ...one }))
  for (const { key, id } of fresh) found.set(`person ${key}`, id)
  if (fresh.length > 0)
    await sql`
      insert into person (id, name, email, organisation_id, audience, active, created_at)
      select id, name, email, ${home}::uuid, audience, false, ${now}::timestamptz
      from unnest(${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ name }) => name)}::text[],
        ${fresh.map((one) => one.email ?? unreachable(system, one.key))}::text[],
        ${fresh.map(({ staff }) => (staff ? 'staff' : 'requester'))}::text[]) its (id, name, email, audience)`.execute(
      db,
    )
  await promote(
    ctx,
    [...wanted].flatMap(([key, { staff }]) => (staff ? [found.get(`person ${key}`)!] : [])),
  )
  await remember(
    ctx,
    system,
    'person',
    [...wanted.keys()].map((key) => ({ key, id: found.get(`person ${key}`)! })),
  )
  return fresh.length
}

/** Who was first met asking may turn out to be of the desk. Nobody who may sign in changes sides by that. */
async function promote({ db }: Ctx, ids: readonly string[]) {
  await sql`update person set audience = 'staff' where id = any(${ids}::uuid[]) and audience = 'requester' and not active
    and email like '%@imported.invalid'`.execute(db)
}

/** An address to which no mail can go, for somebody of whom only the name is known. */
const unreachable = (system: string, key: string) =>
  `${createHash('sha256').update(`${system} ${key}`).digest('hex').slice(0, 16)}@imported.invalid`

async function remember(
  { db }: Pick<Ctx, 'db'>,
  system: string,
  what: What,
  all: readonly { readonly key: string; readonly id: string }[],
) {
  await sql`
    insert into import_source (system, what, key, ${sql.ref(`${what}Id`)})
    select ${system}, ${what}, key, id
    from unnest(${all.map(({ key }) => key)}::text[], ${all.map(({ id }) => id)}::uuid[]) its (key, id)
    on conflict do nothing`.execute(db)
}

async function organisationsOf({ db }: Ctx, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; organisationId: string }>`
    select id, organisation_id from person where id = any(${[...new Set(ids)]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, organisationId }) => [id, organisationId]))
}
