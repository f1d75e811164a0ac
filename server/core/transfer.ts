import type { FastifyReply, FastifyRequest } from 'fastify'
import { dispositionOf } from './file-name.ts'
import { Refusal } from './refusal.ts'

const roomForTheForm = 64 * 1024

/** An upload as multipart form data, refused before its bytes come in where it says itself that it is too large. */
export async function takeUpload<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, tooLarge }: { readonly limit: number; readonly tooLarge: () => Refusal },
  take: () => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) throw new Refusal('invalid', 'Send the file as multipart form data')
  try {
    if (Number(request.headers['content-length'] ?? 0) > limit + roomForTheForm) throw tooLarge()
    return await take()
  } catch (error) {
    // What is still on its way is of no use; without this a sender would wait for it to be taken.
    request.raw.unpipe()
    request.raw.resume()
    reply.header('connection', 'close')
    throw error
  }
}

/** A file that a browser saves, or shows where that is harmless, but never runs. */
export const asFile = (reply: FastifyReply, name: string, type: string, how: 'inline' | 'attachment' = 'attachment') =>
  reply
    .header('content-disposition', dispositionOf(name, how))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .type(type)
