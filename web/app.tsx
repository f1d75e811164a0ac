// oxlint-disable-next-line import/no-unassigned-import -- it is there for what it sets, before any schema is made
import '#web/core/schemas.ts'
import { MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { adminRoutes } from '#web/admin/routes.tsx'
import { Refused } from '#web/core/api.ts'
import { beside } from '#web/core/layer.ts'
import { PageFailed, PageMissing, PagePending } from '#web/core/Fallbacks.tsx'
import { portalRoute, publicRoute, rootRoute, signInAt, staffRoute } from '#web/core/router.tsx'
import { cssVariables, theme } from '#web/core/theme.ts'
import { incidentRoutes } from '#web/incident/routes.tsx'
import { fill } from '#web/item/Slot.tsx'
import { peopleRoutes } from '#web/people/routes.tsx'
import { guestRoutes, portalRoutes } from '#web/portal/routes.tsx'
import { reportRoutes } from '#web/report/routes.tsx'
import { accountRoutes, publicRoutes } from '#web/session/routes.tsx'

// Each module exports its routes; they are joined here, under the door that they belong to.
const routeTree = rootRoute.addChildren([
  publicRoute.addChildren([...publicRoutes, ...guestRoutes]),
  staffRoute.addChildren([...incidentRoutes, ...peopleRoutes, ...accountRoutes, ...reportRoutes, ...adminRoutes]),
  portalRoute.addChildren([...portalRoutes]),
])

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
    },
  },
})

const router = createRouter({
  routeTree,
  context: { queries },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
  defaultPendingComponent: PagePending,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function leaveWhenSignedOut(error: Error) {
  const { pathname, href } = router.latestLocation
  const open = router.state.matches.some(({ routeId }) => routeId.startsWith('/public'))
  if (!(error instanceof Refused && error.signedOut) || open || pathname === '/sign-in') return
  queries.clear()
  void router.navigate({ href: signInAt(href) })
}

fill(
  'record-top',
  lazy(async () => ({ default: (await import('#web/sla/ClockStrip.tsx')).ClockStrip })),
)

fill(
  'record-side',
  lazy(async () => ({ default: (await import('#web/survey/Answers.tsx')).Answers })),
)

const Underway = lazy(async () => ({ default: (await import('#web/item/Underway.tsx')).Underway }))
beside.set(<Underway />)

const root = document.querySelector('#root')
if (!root) throw new Error('The page has no root to draw in')

createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
