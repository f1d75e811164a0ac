import { reactionsByEvent } from '#server/core/reactions.ts'
import type { Connection } from '#server/core/db.ts'
import type { Desk, Ports } from '#server/core/desk.ts'
import type { Module } from '#server/core/module.ts'
import { item } from '#server/item/module.ts'

/** The whole desk. Take a line out and that part of the product is gone. */
const modules: readonly Module[] = [item]

export const served = modules.flatMap((module) => module.served ?? [])
export const routes = modules.flatMap((module) => module.routes ?? [])
const reactions = modules.flatMap((module) => module.reactions ?? [])
export const jobs = [
  ...modules.flatMap((module) => module.jobs ?? []),
  ...reactions.flatMap((reaction) => (reaction.when === 'after' ? [reaction.job] : [])),
]

export function openDesk(connection: Connection, ports: Ports, address: string): Desk {
  return {
    db: connection.db,
    connection,
    ports,
    reactions: reactionsByEvent(reactions),
    address,
    readOnly: { why: null },
  }
}
