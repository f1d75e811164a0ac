import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { DatabaseError } from 'pg'
import type { Endpoint } from '#shared/core/endpoint.ts'
import { as, type Actor, type Ctx, type Desk } from './desk.ts'
import { Refusal } from './refusal.ts'
import type { SetUp } from './set-up.ts'

interface Key {
  readonly key: string
  readonly request: Buffer
  readonly secret: boolean
}

/** The key under which a client may send the same write again, and a hash of what it is that is written. */
export function keyOf(request: FastifyRequest, { secret = false }: Endpoint, actor: Actor, input: unknown): Key | null {
  const key = request.headers['idempotency-key']
  if (key === undefined || actor.id === null) return null
  if (typeof key !== 'string' || key.length === 0 || key.length > 255)
    throw new Refusal('invalid', 'An Idempotency-Key has 1 to 255 characters')
  // A hash of a password would be one that is quick to guess.
  const said = JSON.stringify([request.method, request.routeOptions.url, secret ? null : input])
  // What a link let somebody write is no answer to the same person signed in, nor the other way round.
  return {
    key: actor.only === undefined ? key : `${actor.only} ${key}`,
    secret,
    request: createHash('sha256').update(said).digest(),
  }
}

/**
 * Does a write once however often it is sent: the answer is kept in the same transaction as the effect, for seven days.
 * Two at the same time: the second finds the key taken when it ends, is undone, and gets the first one's answer.
 */
export async function once<T>(
  desk: Desk,
  actor: Actor,
  { under, ...key }: Key & { readonly under: SetUp },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  try {
    const kept = async (ctx: Ctx) => {
      const before = await answered(ctx, key)
      if (before) return before.answer as T
      const answer = await work(ctx)
      await ctx.db
        .insertInto('idempotency')
        .values({
          actorId: actor.id!,
          key: key.key,
          request: key.request,
          answer: key.secret ? {} : { answer },
          at: ctx.now,
        })
        .execute()
      return answer
    }
    return await as(desk, actor, kept, { under })
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.constraint !== 'idempotency_pkey') throw error
    const first = await as(desk, actor, (ctx) => answered(ctx, key))
    if (first) return first.answer as T
    throw error
  }
}

async function answered({ db, actor }: Ctx, { key, request }: Key): Promise<{ answer: unknown } | null> {
  const kept = await db
    .selectFrom('idempotency')
    .select(['request', 'answer'])
    .where('actorId', '=', actor.id!)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!kept) return null
  if (!kept.request.equals(request))
    throw new Refusal('reused_key', 'This Idempotency-Key was used for another request', {
      fields: { 'idempotency-key': 'Use a new key for a new request' },
    })
  if (!('answer' in kept.answer))
    throw new Refusal('conflict', 'This was done already; what it answered is secret and was shown once')
  return kept.answer as { answer: unknown }
}
