import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { staffRoute } from '#web/core/router.tsx'
import { readPeopleSearch } from '#web/people/search.ts'

const people = createRoute({
  getParentRoute: () => staffRoute,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./PeoplePage.tsx'), 'PeoplePage'),
})

const teams = createRoute({
  getParentRoute: () => staffRoute,
  path: '/teams',
  component: lazyRouteComponent(() => import('./TeamsPage.tsx'), 'TeamsPage'),
})

const organisations = createRoute({
  getParentRoute: () => staffRoute,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./OrganisationsPage.tsx'), 'OrganisationsPage'),
})

const roles = createRoute({
  getParentRoute: () => staffRoute,
  path: '/roles',
  component: lazyRouteComponent(() => import('./RolesPage.tsx'), 'RolesPage'),
})

export const peopleRoutes = [people, teams, organisations, roles] as const
