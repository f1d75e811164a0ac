import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { getRecord } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { staffRoute } from '#web/core/router.tsx'
import { readListSearch } from '#web/item/place.ts'

const start = createRoute({
  getParentRoute: () => staffRoute,
  path: '/',
  beforeLoad: () => redirect({ to: '/q', throw: true }),
})

const queue = createRoute({
  getParentRoute: () => staffRoute,
  path: '/q',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./QueuePage.tsx'), 'QueuePage'),
})

const ticket = createRoute({
  getParentRoute: () => staffRoute,
  path: '/t/$number',
  loader: ({ context, params }) => context.queries.ensureQueryData(query(getRecord, { key: params.number })),
  component: lazyRouteComponent(() => import('./TicketPage.tsx'), 'TicketPage'),
})

export const incidentRoutes = [start, queue, ticket] as const
