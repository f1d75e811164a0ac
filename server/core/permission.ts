import type { Endpoint, May } from '#shared/core/endpoint.ts'
import type { Actor } from './desk.ts'
import { forbidden } from './refusal.ts'

/** Whether somebody who is signed in has what an endpoint asks for. */
export const isAllowed = ({ permissions }: Actor, may: May) =>
  may === 'anyone' || may === 'signed-in' || permissions.has(may)

/** @throws Refusal where somebody lacks the permission that an endpoint asks for; it is named */
export function requirePermission(actor: Actor, { may }: Pick<Endpoint, 'may'>) {
  if (!isAllowed(actor, may)) throw forbidden(`You may not do this: it needs ${may}`)
}
