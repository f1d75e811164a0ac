import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { staffRoute } from '#web/core/router.tsx'
import { readTrailSearch } from '#web/admin/search.ts'

const frame = createRoute({
  getParentRoute: () => staffRoute,
  id: 'admin',
  component: lazyRouteComponent(() => import('./AdminFrame.tsx'), 'AdminFrame'),
})

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/admin',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
})

const desk = createRoute({
  getParentRoute: () => frame,
  path: '/admin/desk',
  component: lazyRouteComponent(() => import('./DeskPage.tsx'), 'DeskPage'),
})

const health = createRoute({
  getParentRoute: () => frame,
  path: '/admin/health',
  component: lazyRouteComponent(() => import('./HealthPage.tsx'), 'HealthPage'),
})

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/admin/audit',
  validateSearch: readTrailSearch,
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
})

const services = createRoute({
  getParentRoute: () => frame,
  path: '/admin/services',
  component: lazyRouteComponent(() => import('./ServicesPage.tsx'), 'ServicesPage'),
})

const rules = createRoute({
  getParentRoute: () => frame,
  path: '/admin/rules',
  component: lazyRouteComponent(() => import('#web/rule/RulesPage.tsx'), 'RulesPage'),
})

const priorities = createRoute({
  getParentRoute: () => frame,
  path: '/admin/priorities',
  component: lazyRouteComponent(() => import('./PrioritiesPage.tsx'), 'PrioritiesPage'),
})

const calendars = createRoute({
  getParentRoute: () => frame,
  path: '/admin/calendars',
  component: lazyRouteComponent(() => import('#web/sla/CalendarsPage.tsx'), 'CalendarsPage'),
})

const serviceLevels = createRoute({
  getParentRoute: () => frame,
  path: '/admin/service-levels',
  component: lazyRouteComponent(() => import('#web/sla/DefinitionsPage.tsx'), 'DefinitionsPage'),
})

const fields = createRoute({
  getParentRoute: () => frame,
  path: '/admin/fields',
  component: lazyRouteComponent(() => import('./FieldsPage.tsx'), 'FieldsPage'),
})

const templates = createRoute({
  getParentRoute: () => frame,
  path: '/admin/templates',
  component: lazyRouteComponent(() => import('./TemplatesPage.tsx'), 'TemplatesPage'),
})

const surveys = createRoute({
  getParentRoute: () => frame,
  path: '/admin/surveys',
  component: lazyRouteComponent(() => import('#web/survey/SurveysPage.tsx'), 'SurveysPage'),
})

const sources = createRoute({
  getParentRoute: () => frame,
  path: '/admin/sources',
  component: lazyRouteComponent(() => import('./SourcesPage.tsx'), 'SourcesPage'),
})

const imports = createRoute({
  getParentRoute: () => frame,
  path: '/admin/imports',
  component: lazyRouteComponent(() => import('#web/import/ImportsPage.tsx'), 'ImportsPage'),
})

const oneImport = createRoute({
  getParentRoute: () => frame,
  path: '/admin/imports/$id',
  component: lazyRouteComponent(() => import('#web/import/ImportPage.tsx'), 'ImportPage'),
})

export const adminRoutes = [
  frame.addChildren([
    overview,
    desk,
    health,
    audit,
    services,
    rules,
    priorities,
    calendars,
    serviceLevels,
    fields,
    templates,
    surveys,
    sources,
    imports,
    oneImport,
  ]),
] as const
