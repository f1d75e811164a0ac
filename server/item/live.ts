import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Desk } from '#server/core/desk.ts'
import type { RawRoute } from '#server/core/http.ts'
import { gauge } from '#server/core/metrics.ts'
import { Refusal } from '#server/core/refusal.ts'
import { Id } from '#shared/core/values.ts'
import { hear, type Listener } from './hub.ts'
import { endPresence } from './presence.ts'

const most = 6
let streams = 0
gauge('steward_live_clients', 'Pages that are told of changes as they happen', () => streams)

/**
 * Tells a page which records change, as server-sent events: `{"items": ["<id>", …]}`, and only of those that its reader
 * may see. What it missed while it was away it has to read anew. A page that says which it is (`?page=<uuid>`) is also
 * told, as `event: present`, that others come to the record it shows; once it is closed, it shows none.
 */
export const live: RawRoute = {
  method: 'GET',
  path: '/live',
  may: 'item.read',
  summary: 'Be told which records change, as they change',
  async handle(desk, actor, request, reply) {
    const headers = { 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'content-type': 'text/event-stream' }
    reply.headers(headers)
    if (request.method === 'HEAD') return reply.send()
    const session = sessionOf(request)
    if ((open.get(session) ?? 0) >= most)
      throw new Refusal('too_many', `Close another page: ${most} are told of changes already`, { retryAfter: 30 })
    const stream = new PassThrough()
    count(session, 1)
    stream.once('close', () => count(session, -1))
    const listener = listenerOf(stream, request, actor)
    const leave = await hear(desk, listener).catch((error: unknown) => {
      stream.destroy()
      throw error
    })
    stream.once('close', leave)
    followPage(desk, listener, stream)
    const end = () => stream.end()
    request.stopping.addEventListener('abort', end)
    stream.once('close', () => request.stopping.removeEventListener('abort', end))
    stream.write('retry: 2000\n\n')
    return reply.send(stream)
  },
}

const open = new Map<string, number>()

function count(session: string, by: 1 | -1) {
  streams += by
  const now = (open.get(session) ?? 0) + by
  if (now === 0) open.delete(session)
  else open.set(session, now)
}

/** What ties the pages of one visit together, without keeping the secret itself. */
function sessionOf({ cookies, headers }: FastifyRequest) {
  const secret = cookies['__Host-steward'] ?? cookies['steward'] ?? headers.authorization ?? ''
  return createHash('sha256').update(secret).digest('base64url')
}

const pages = new Map<string, PassThrough>()

/** A closed page shows nothing any more. One that has only connected again is not closed. */
function followPage(desk: Desk, { actor: { id }, page }: Listener, stream: PassThrough) {
  if (id === null || page === null) return
  const key = `${id} ${page}`
  pages.set(key, stream)
  stream.once('close', () => {
    if (pages.get(key) !== stream) return
    pages.delete(key)
    // Where the database is away, it is taken to have gone a little later.
    endPresence(desk, id, page).catch(() => {})
  })
}

const PageOf = z.object({ page: Id })

const mostWaiting = 1024 * 1024

function listenerOf(stream: PassThrough, request: FastifyRequest, actor: Listener['actor']): Listener {
  return {
    actor,
    page: PageOf.safeParse(request.query).data?.page ?? null,
    tell: (items) => write(stream, `data: ${JSON.stringify({ items })}\n\n`),
    tellPresence: (itemId) => write(stream, `event: present\ndata: ${JSON.stringify({ itemId })}\n\n`),
    beat: () => write(stream, ':\n\n'),
    askAgain: () => request.askAgain(),
    end: () => stream.end(),
  }
}

/** A reader who takes nothing any more is let go; they read anew when they come back. */
function write(stream: PassThrough, text: string) {
  if (stream.writableLength > mostWaiting) stream.destroy()
  else if (stream.writable) stream.write(text)
}
