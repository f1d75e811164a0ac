import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess; only its hash is kept. */
export function newSecret(prefix = '') {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`
  return { secret, hash: hashOf(secret) }
}

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest()
