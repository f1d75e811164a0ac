import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { getMe } from '#shared/session.ts'
import { speakAs } from '#web/core/words.ts'
import { query, Refused } from '#web/core/api.ts'
import { PageFailed, PageMissing, PagePending } from '#web/core/Fallbacks.tsx'
import { Shell } from '#web/core/Shell.tsx'

export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  errorComponent: PageFailed,
  notFoundComponent: PageMissing,
})

/** Pages that anyone may see: sign in, set up, a link from a letter. */
export const publicRoute = createRoute({ getParentRoute: () => rootRoute, id: 'public', component: Outlet })

/** Pages of the staff, inside the shell. Requesters are shown to the portal, strangers to sign-in. */
export const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'staff',
  beforeLoad: async ({ context, location }) => {
    const me = await signedIn(context.queries, location.href)
    if (me.audience !== 'staff') redirect({ href: '/portal', throw: true })
    return { me }
  },
  component: Shell,
  errorComponent: PageFailed,
  pendingComponent: PagePending,
})

/** Pages of requesters. Staff see them too: it is their own portal, seen as a requester. */
export const portalRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'portal',
  beforeLoad: async ({ context, location }) => ({ me: await signedIn(context.queries, location.href) }),
  component: Outlet,
  errorComponent: PageFailed,
  pendingComponent: PagePending,
})

async function signedIn(queries: QueryClient, href: string) {
  try {
    const me = await queries.ensureQueryData(query(getMe, {}))
    if (me.language) speakAs(me.language)
    return me
  } catch (error) {
    if (error instanceof Refused && error.signedOut) redirect({ href: signInAt(href), throw: true })
    throw error
  }
}

/** The sign-in page, and where to go from there. */
export const signInAt = (back: string) =>
  back === '/' || back.startsWith('/sign-in') ? '/sign-in' : `/sign-in?back=${encodeURIComponent(back)}`
