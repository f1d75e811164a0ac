import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { getRecord } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { portalRoute, publicRoute } from '#web/core/router.tsx'
import { arriveByLink } from '#web/portal/arrive.ts'
import { readRequestsSearch, readScore } from '#web/portal/search.ts'

const frame = createRoute({
  getParentRoute: () => portalRoute,
  id: 'frame',
  component: lazyRouteComponent(() => import('./PortalFrame.tsx'), 'PortalFrame'),
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/portal',
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
})

const report = createRoute({
  getParentRoute: () => frame,
  path: '/portal/report',
  validateSearch: ({ title }): { title?: string } =>
    typeof title === 'string' || typeof title === 'number' ? { title: String(title) } : {},
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'ReportPage'),
})

const requests = createRoute({
  getParentRoute: () => frame,
  path: '/portal/requests',
  validateSearch: readRequestsSearch,
  component: lazyRouteComponent(() => import('./RequestsPage.tsx'), 'RequestsPage'),
})

const request = createRoute({
  getParentRoute: () => frame,
  path: '/portal/requests/$number',
  validateSearch: readScore,
  loader: ({ context, params }) => context.queries.ensureQueryData(query(getRecord, { key: params.number })),
  component: lazyRouteComponent(() => import('./RequestPage.tsx'), 'RequestPage'),
})

const account = createRoute({
  getParentRoute: () => frame,
  path: '/portal/account',
  component: lazyRouteComponent(() => import('./PortalAccountPage.tsx'), 'PortalAccountPage'),
})

const guest = createRoute({
  getParentRoute: () => publicRoute,
  path: '/guest',
  validateSearch: readScore,
  loader: ({ context, location }) => arriveByLink(context.queries, location),
  component: lazyRouteComponent(() => import('./GuestPage.tsx'), 'GuestPage'),
  errorComponent: lazyRouteComponent(() => import('./GuestGone.tsx'), 'GuestGone'),
})

export const guestRoutes = [guest] as const
export const portalRoutes = [frame.addChildren([home, report, requests, request, account])] as const
