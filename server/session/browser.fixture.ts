import type { FastifyBaseLogger } from 'fastify'
import { toRequest, type Endpoint, type Input, type Output } from '#shared/core/endpoint.ts'
import { addPerson, listRoles } from '#shared/people.ts'
import { setUp } from '#shared/desk.ts'
import { signIn, useLink } from '#shared/session.ts'
import { prepareSetUp } from '#server/desk/desk.ts'
import { sessionCookie } from '#server/core/http.ts'
import { Refused, testDesk } from '#test/desk.ts'

type TestDesk = Awaited<ReturnType<typeof testDesk>>

interface From {
  readonly address?: string
  readonly agent?: string
  readonly secure?: boolean
  /** A session's secret to begin with. */
  readonly cookie?: string
}

/** A browser: it keeps the cookie that it is given, and its own pages set the header that others cannot. */
export function browser(
  { app }: TestDesk,
  { address = '127.0.0.1', agent = 'Firefox', secure = false, cookie }: From = {},
) {
  const name = sessionCookie(secure)
  let secret = cookie ?? null

  async function send<E extends Endpoint>(endpoint: E, input: Input<E>, more: Record<string, string> = {}) {
    const { method, url, body } = toRequest(endpoint, input)
    const headers = {
      'x-steward': '1',
      'user-agent': agent,
      ...(secret && { cookie: `${name}=${secret}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    }
    const reply = await app.inject({ method, url: `/api${url}`, headers, remoteAddress: address, payload: body ?? '' })
    const set = reply.cookies.find((one) => one.name === name)
    if (set) secret = set.value === '' ? null : set.value
    return reply
  }

  async function call<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<Output<E>> {
    const reply = await send(endpoint, input)
    if (reply.statusCode >= 400) throw new Refused(reply.statusCode, reply.json())
    return reply.json<Output<E>>()
  }

  return { send, call, secret: () => secret }
}

export const password = 'a slow green kettle'

/** A desk that has just been set up, and its first administrator, signed in. */
export async function setUpDesk(options: { mail?: boolean; secure?: boolean; log?: FastifyBaseLogger } = {}) {
  const desk = await testDesk({ authenticate: 'real', ...options })
  const link = await prepareSetUp(desk.desk)
  const ada = { email: 'ada@steward.example', ...browser(desk, options) }
  await ada.call(setUp, {
    token: link!.split('token=')[1]!,
    deskName: 'Service desk',
    organisation: 'Steward Ltd',
    name: 'Ada Byron',
    email: ada.email,
    password,
    start: 'empty',
  })
  const roles = new Map((await ada.call(listRoles, {})).map(({ key, id }) => [key, id]))

  /** Somebody who was invited, and has set a password. */
  async function invited(name: string, roleKey = 'analyst', from: From = {}) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@steward.example`
    const { person, link: given } = await ada.call(addPerson, {
      name,
      email,
      organisationId: desk.home.id,
      roleIds: [roles.get(roleKey)!],
    })
    await desk.settle()
    const token = tokenIn(given ?? desk.mailTo({ email }).at(-1)!.text)
    const own = browser(desk, from)
    await own.call(useLink, { token, password })
    return { id: person.id, email, ...own }
  }

  return { desk, ada, roles, invited }
}

export const tokenIn = (text: string) => /\/link\/([\w-]+)/.exec(text)![1]!

export async function signedIn(desk: TestDesk, email: string, from: From = {}) {
  const own = browser(desk, from)
  await own.call(signIn, { email, password })
  return own
}
