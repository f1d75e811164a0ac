import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { publicRoute, staffRoute } from '#web/core/router.tsx'

const oneOf = (search: Record<string, unknown>, name: string) => {
  const value = search[name]
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

const signIn = createRoute({
  getParentRoute: () => publicRoute,
  path: '/sign-in',
  validateSearch: (search): { back?: string } => oneOf(search, 'back'),
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})

const link = createRoute({
  getParentRoute: () => publicRoute,
  path: '/link/$token',
  component: lazyRouteComponent(() => import('./LinkPage.tsx'), 'LinkPage'),
})

const setUp = createRoute({
  getParentRoute: () => publicRoute,
  path: '/set-up',
  validateSearch: (search): { token?: string } => oneOf(search, 'token'),
  component: lazyRouteComponent(() => import('./SetUpPage.tsx'), 'SetUpPage'),
})

const account = createRoute({
  getParentRoute: () => staffRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
})

export const publicRoutes = [signIn, link, setUp] as const
export const accountRoutes = [account] as const
