import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { toRequest, type Endpoint, type Input, type Output } from '#shared/core/endpoint.ts'
import { randomKey } from '#web/core/key.ts'
import { announce } from '#web/core/live.ts'
import { t } from '#web/core/words.ts'

/** What the server refused: why, which fields it was about, and an id to quote when asking for help. */
export class Refused extends Error {
  readonly status: number
  readonly fields: Record<string, string>
  readonly id: string | undefined
  /** The seconds to wait before another try, where the desk asks for that. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    detail: string,
    fields: Record<string, string> = {},
    more: { id?: string | undefined; retryAfter?: number | undefined } = {},
  ) {
    super(detail)
    this.status = status
    this.fields = fields
    this.id = more.id
    this.retryAfter = more.retryAfter
  }

  /** Nobody is signed in any more, as opposed to a sign-in that was refused. */
  get signedOut() {
    return this.status === 401
  }
}

/** The token of the link by which somebody came who has not signed in; with every request, and in this page alone. */
let carried: string | undefined

/** From now on, whatever is asked is asked by a link; without one, as whoever is signed in. */
export function carry(token: string | undefined) {
  carried = token
}

export const isCarrying = () => carried !== undefined

const proof = () => (carried === undefined ? {} : { authorization: `Bearer ${carried}` })

/**
 * Call an endpoint. A write carries one key through all its tries, so that it takes effect once at most; null for one
 * that may take effect twice, since it says the same each time.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  key: string | null = randomKey(),
): Promise<Output<E>> {
  const { url, ...request } = requestOf(endpoint, input, key)
  return answerOf(await reach(url, request))
}

/** The same as the last thing that a page does: the browser sends it though the page is closed, and tries no second time. */
export async function callLast<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  key: string | null = randomKey(),
): Promise<Output<E>> {
  const { url, ...request } = requestOf(endpoint, input, key)
  return answerOf(await fetch(url, { ...request, keepalive: true }))
}

function requestOf(endpoint: Endpoint, input: Input<Endpoint>, key: string | null) {
  const { method, url, body } = toRequest(endpoint, input)
  const headers = {
    ...proof(),
    ...(method !== 'GET' && writeHeaders(key)),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  return { url: `/api${url}`, method, headers, ...(body !== undefined && { body }) }
}

/** Send one file, as multipart form data; `onProgress` hears the share that has gone, from 0 to 1. */
export function upload<T>(url: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api${url}`)
    for (const [name, value] of Object.entries({ ...proof(), ...writeHeaders() })) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('load', () =>
      answerOf<T>(new Response(request.responseText || null, { status: request.status })).then(resolve, reject),
    )
    request.send(form)
  })
}

/** Fetches a file that a plain link would not be given, and hands it to the browser to keep. */
export async function download(url: string, name: string) {
  const reply = await reach(url, { headers: proof() })
  if (!reply.ok) return answerOf<void>(reply)
  const place = URL.createObjectURL(await reply.blob())
  Object.assign(document.createElement('a'), { href: place, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(place), 60_000)
}

/** A read, as TanStack Query wants it: for `useSuspenseQuery`, a route's loader, or a prefetch. */
export function query<E extends Endpoint>(endpoint: E, input: Input<E>) {
  return queryOptions({ queryKey: [endpoint.path, input], queryFn: () => call(endpoint, input) })
}

/** A write. When it lands, whatever is on screen is read again. */
export function useAction<E extends Endpoint>(endpoint: E) {
  const client = useQueryClient()
  return useMutation<Output<E>, Refused, Input<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSuccess: () => readAgain(client),
  })
}

/** Read again what is on screen. Long lists hear of it instead, and look for what changed in them. */
export function readAgain(client: QueryClient) {
  announce([])
  return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'list' })
}

const writeHeaders = (key: string | null = randomKey()) => ({
  'x-steward': '1',
  ...(key !== null && { 'idempotency-key': key }),
})

const pauses = [400, 1500]
const passing = new Set([502, 503, 504])

async function reach(url: string, request: RequestInit, tried = 0): Promise<Response> {
  const pause = pauses[tried]
  const again = async () => {
    await new Promise((resolve) => setTimeout(resolve, pause))
    return reach(url, request, tried + 1)
  }
  try {
    const reply = await fetch(url, request)
    return pause !== undefined && passing.has(reply.status) && !isOurs(reply) ? await again() : reply
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    if (pause === undefined) throw unreachable()
    return again()
  }
}

/** The desk's own refusals are final; those of a proxy before it pass. */
const isOurs = (reply: Response) => reply.headers.get('content-type')?.includes('problem+json') ?? false

const unreachable = () => new Refused(0, t('The desk cannot be reached. Nothing was lost; try again in a moment.'))

async function answerOf<T>(reply: Response): Promise<T> {
  const text = await reply.text()
  const answer = parsed(text)
  if (!reply.ok || answer === undefined) throw refusalOf(reply, answer ?? {})
  return answer
}

function refusalOf({ status, headers }: Response, answer: Partial<Problem>) {
  const wait = headers.get('retry-after')
  const { detail = answer.title, fields = {}, requestId: id } = answer
  const why = detail === undefined ? t('The desk answered {status}', { status }) : t(detail)
  return new Refused(status, why, spoken(fields), { id, retryAfter: wait === null ? undefined : Number(wait) })
}

interface Problem {
  readonly title: string
  readonly detail: string
  readonly fields: Readonly<Record<string, string>>
  readonly requestId: string
}

/** What is refused in words that both sides know, in those of the reader. */
const spoken = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, why]) => [name, t(why)]))

function parsed(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
