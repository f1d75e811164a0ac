/** A view that every desk has. Saved views are told from these by their ids. */
export interface BuiltInView {
  readonly id: string
  readonly name: string
  readonly filter: string
  readonly sort: string
}

export const builtInViews: readonly BuiltInView[] = [
  {
    id: 'mine',
    name: 'Mine + unassigned',
    filter: 'is:open (assignee:me or assignee:none)',
    sort: 'priority,-createdAt',
  },
  { id: 'team', name: 'My team', filter: 'is:open team:my-team', sort: 'priority,-createdAt' },
  { id: 'open', name: 'All open', filter: 'is:open', sort: '-createdAt' },
  { id: 'unassigned', name: 'Unassigned', filter: 'is:unassigned', sort: 'priority,-createdAt' },
  { id: 'waiting', name: 'Waiting', filter: 'is:waiting', sort: '-updatedAt' },
  { id: 'resolved', name: 'Resolved', filter: 'state:resolved', sort: '-updatedAt' },
]
