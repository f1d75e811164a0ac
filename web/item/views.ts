import { t } from '#web/core/words.ts'
/** A view that every list of a kind has. Saved views are told from these by their ids. */
export interface BuiltInView {
  readonly id: string
  readonly name: string
  readonly filter: string
  readonly sort: string
}

/** What one looks for in a list of anything that is worked on. */
export const commonViews: readonly BuiltInView[] = [
  {
    id: 'mine',
    name: t('Mine + unassigned'),
    filter: 'is:open (assignee:me or assignee:none)',
    sort: 'priority,-createdAt',
  },
  { id: 'team', name: t('My team'), filter: 'is:open team:my-team', sort: 'priority,-createdAt' },
  { id: 'open', name: t('All open'), filter: 'is:open', sort: '-createdAt' },
  { id: 'unassigned', name: t('Unassigned'), filter: 'is:unassigned', sort: 'priority,-createdAt' },
  { id: 'waiting', name: t('Waiting'), filter: 'is:waiting', sort: '-updatedAt' },
]
