import { createHash, hash } from 'node:crypto'

/** One event as the chain of its item's history sees it. */
export interface Link {
  readonly itemId: string
  readonly seq: number
  readonly name: string
  readonly data: unknown
  readonly changes: unknown
  readonly internal: boolean
  readonly actorId: string | null
  readonly channel: string
  readonly at: string
  readonly recordedAt: string
}

/** What the first event of an item has before it. */
export const noHead = Buffer.alloc(32)

/** The SHA-256 of an event together with the hash of the one before it on the same item. */
export function hashOf(prev: Buffer, link: Link) {
  const { itemId, seq, name, data, changes, internal, actorId, channel, at, recordedAt } = link
  const said = canonical([itemId, seq, name, data, changes, internal, actorId, channel, at, recordedAt])
  return createHash('sha256').update(prev).update(said).digest()
}

/** The Merkle root over hashes in their order (RFC 6962, section 2.1: leaves and nodes are hashed apart). */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  let level: Buffer[] = leaves.map((leaf) => sha256(0, leaf))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]]
      above.push(right ? sha256(1, left, right) : left)
    }
    level = above
  }
  return level[0]!
}

const sha256 = (prefix: 0 | 1, ...parts: Buffer[]) =>
  hash('sha256', Buffer.concat([Buffer.of(prefix), ...parts]), 'buffer')

/** JSON whose names are in order, so that it reads the same before it is stored and after. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, its]) => its !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, its]) => `${JSON.stringify(name)}:${canonical(its)}`).join(',')}}`
}
