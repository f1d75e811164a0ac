import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import { getGuest } from '#shared/guest.ts'
import { getMe } from '#shared/session.ts'
import { call, carry, query } from '#web/core/api.ts'

interface Arrival {
  readonly hash: string
  readonly search: { readonly score?: number }
}

/** Opens the page with the link's own right; whoever is signed in as its person anyway lands on their record. */
export async function arriveByLink(queries: QueryClient, { hash: token, search }: Arrival) {
  const me = await meOrNobody()
  carry(token)
  queries.clear()
  // Not by the queries: what those are refused leads to sign-in, and a link that has ended has a page of its own.
  const guest = await call(getGuest, {})
  if (me?.id !== guest.id) {
    queries.setQueryData(query(getGuest, {}).queryKey, guest)
    return
  }
  carry(undefined)
  queries.clear()
  redirect({ to: '/portal/requests/$number', params: { number: guest.number }, search, replace: true, throw: true })
}

async function meOrNobody() {
  carry(undefined)
  try {
    return await call(getMe, {})
  } catch {
    return null
  }
}
