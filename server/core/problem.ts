import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, refusalFor } from './refusal.ts'

const standard: Record<number, Refusal['reason']> = { 413: 'too_large', 429: 'too_many' }

/** Answers with what went wrong as a problem document (RFC 9457); of a fault of ours only the request's id is told. */
export function answerRefusal(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const error = refusalFor(thrown)
  const refusal = error instanceof Refusal ? error : fromFastify(error)
  if (!refusal) {
    request.log.error({ err: error }, 'unexpected')
    return reply.code(500).type('application/problem+json').send({
      title: 'broken',
      status: 500,
      detail: 'Something broke on our side. Nothing was changed; try again, and name the request id if it stays.',
      requestId: request.id,
    })
  }
  const { status, reason, message, fields, clashes, retryAfter } = refusal
  if (retryAfter !== null) reply.header('retry-after', retryAfter)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      title: reason,
      status,
      detail: message,
      fields,
      ...(clashes.length > 0 && { clashes }),
      requestId: request.id,
    })
}

/** What Fastify itself refuses: a body that is too large, or no JSON. */
function fromFastify(error: unknown) {
  const code = (error as { statusCode?: number }).statusCode
  if (!(error instanceof Error) || code === undefined || code < 400 || code >= 500) return null
  return new Refusal(standard[code] ?? 'invalid', error.message)
}
