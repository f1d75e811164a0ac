import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { staffRoute } from '#web/core/router.tsx'

const start = createRoute({
  getParentRoute: () => staffRoute,
  path: '/',
  beforeLoad: () => redirect({ to: '/q', throw: true }),
})

const queue = createRoute({
  getParentRoute: () => staffRoute,
  path: '/q',
  component: lazyRouteComponent(() => import('./QueuePage.tsx'), 'QueuePage'),
})

export const incidentRoutes = [start, queue] as const
