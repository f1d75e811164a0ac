import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { staffRoute } from '#web/core/router.tsx'
import { readFigureSearch } from '#web/report/state.ts'

const start = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures',
  beforeLoad: ({ context }) => {
    const all = context.me.permissions.includes('report.read')
    redirect({ href: all ? '/figures/board' : '/figures/own', throw: true })
  },
})

const board = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/board',
  component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
})

const service = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/service',
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(() => import('./ServicePage.tsx'), 'ServicePage'),
})

const own = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/own',
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(() => import('./OwnPage.tsx'), 'OwnPage'),
})

const figure = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/kpi/$kpi',
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(() => import('./FigurePage.tsx'), 'FigurePage'),
})

const ownFigure = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/own/kpi/$kpi',
  validateSearch: readFigureSearch,
  component: lazyRouteComponent(() => import('./FigurePage.tsx'), 'OwnFigurePage'),
})

const records = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/kpi/$kpi/records',
  validateSearch: readRecordsSearch,
  component: lazyRouteComponent(() => import('./RecordsPage.tsx'), 'RecordsPage'),
})

const ownRecords = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/own/kpi/$kpi/records',
  validateSearch: readRecordsSearch,
  component: lazyRouteComponent(() => import('./RecordsPage.tsx'), 'OwnRecordsPage'),
})

const processView = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/process',
  validateSearch: readProcessSearch,
  component: lazyRouteComponent(() => import('./ProcessPage.tsx'), 'ProcessPage'),
})

const way = createRoute({
  getParentRoute: () => staffRoute,
  path: '/figures/process/way',
  validateSearch: readProcessSearch,
  component: lazyRouteComponent(() => import('./WayPage.tsx'), 'WayPage'),
})

function readProcessSearch(search: Record<string, unknown>) {
  const { along, way: path } = search
  return {
    ...readFigureSearch(search),
    ...(along === 'team' && { along: 'team' as const }),
    ...(typeof path === 'string' ? { way: path } : Array.isArray(path) ? { way: JSON.stringify(path) } : {}),
  }
}

const behind = ['key', 'from', 'to'] as const

function readRecordsSearch(search: Record<string, unknown>) {
  const found = behind.flatMap((name) => (typeof search[name] === 'string' ? [[name, search[name]] as const] : []))
  const { part, age } = search
  return {
    ...readFigureSearch(search),
    ...Object.fromEntries(found),
    ...(part === 'of' && { part: 'of' as const }),
    ...(age !== undefined && Number.isInteger(Number(age)) && { age: Number(age) }),
  }
}

export const reportRoutes = [
  start,
  board,
  service,
  own,
  figure,
  ownFigure,
  records,
  ownRecords,
  processView,
  way,
] as const
