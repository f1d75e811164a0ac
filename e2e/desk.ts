import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { toRequest, type Endpoint, type Input, type Output } from '#shared/core/endpoint.ts'
import { setUp } from '#shared/desk.ts'
import { addPerson, addTeam, listOrganisations, listRoles } from '#shared/people.ts'
import { getMe, signIn, useLink as spendLink } from '#shared/session.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  /** Calls the desk's API as this person. */
  call<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<Output<E>>
  readonly cookie: string
}

const main = new URL('../server/main.ts', import.meta.url).pathname
const patience = 60_000

/** A real desk of its own: the program that people start, a database in a new folder, a port of this machine. */
export async function startDesk(settings: Readonly<Record<string, string>> = {}) {
  const data = await mkdtemp(join(tmpdir(), 'steward-e2e-'))
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      STEWARD_DATA: data,
      PORT: String(port),
      RATE_LIMIT: '100000',
      DISK_RESERVE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  afterAll(async () => {
    await stopped(child)
    await rm(data, { recursive: true, force: true })
  })
  const setUpLink = await linkFrom(child)
  const url = new URL(setUpLink).origin
  return { url, setUpLink, data }
}

/** The same, set up, with its first administrator and a way to add people. */
export async function startOwnDesk(settings: Readonly<Record<string, string>> = {}) {
  const desk = await startDesk(settings)
  const password = passwordFor('Ada')
  await request(desk.url, '', setUp, {
    token: new URL(desk.setUpLink).searchParams.get('token') ?? '',
    deskName: 'Halyard IT',
    organisation: 'Halyard',
    name: 'Ada Admin',
    email: 'ada@example.com',
    password,
    start: 'empty',
  })
  const ada = await signedIn(desk.url, { name: 'Ada Admin', email: 'ada@example.com', password })

  const team = (name: string, members: readonly Person[] = []) =>
    ada.call(addTeam, { name, members: members.map(({ id }) => ({ personId: id, lead: false })) })
  async function person(name: string, roleKey: string, teamIds: readonly string[] = []): Promise<Person> {
    const [roles, organisations] = [await ada.call(listRoles, {}), await ada.call(listOrganisations, {})]
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
    const made = await ada.call(addPerson, {
      name,
      email,
      organisationId: organisations[0]!.id,
      roleIds: roles.filter(({ key }) => key === roleKey).map(({ id }) => id),
      teamIds: [...teamIds],
    })
    const chosen = passwordFor(name)
    await request(desk.url, '', spendLink, { token: made.link!.split('/').at(-1)!, password: chosen })
    return signedIn(desk.url, { name, email, password: chosen })
  }
  return { ...desk, ada, team, person }
}

export type OwnDesk = Awaited<ReturnType<typeof startOwnDesk>>

const passwordFor = (name: string) => `quiet lantern harvest ${name.length}`

async function signedIn(url: string, who: Pick<Person, 'name' | 'email' | 'password'>): Promise<Person> {
  const { reply } = await request(url, '', signIn, { email: who.email, password: who.password })
  const cookie = reply.headers.getSetCookie()[0]!.split(';')[0]!
  const { answer: me } = await request(url, cookie, getMe, {})
  return {
    ...who,
    id: me.id,
    cookie,
    call: async (endpoint, input) => (await request(url, cookie, endpoint, input)).answer,
  }
}

async function request<E extends Endpoint>(url: string, cookie: string, endpoint: E, input: Input<E>) {
  const { method, url: path, body } = toRequest(endpoint, input)
  const headers = { cookie, 'x-steward': '1', ...(body !== undefined && { 'content-type': 'application/json' }) }
  const reply = await fetch(`${url}/api${path}`, { method, headers, ...(body !== undefined && { body }) })
  const answer = await reply.json()
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(answer)}`)
  return { reply, answer: answer as Output<E> }
}

function freePort() {
  return new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

/** The one-time link that a new desk prints, once it listens. */
function linkFrom(child: ChildProcess) {
  return new Promise<string>((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`The desk did not start:\n${said}`)), patience)
    const hear = (part: Buffer) => {
      said += part.toString()
      const [link] = /http\S+\/set-up\?token=\S+/.exec(said) ?? []
      if (link === undefined) return
      clearTimeout(timer)
      resolve(link)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`The desk ended with ${code}:\n${said}`)))
  })
}

function stopped(child: ChildProcess) {
  return new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  })
}
