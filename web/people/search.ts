/** Which people a list shows, as its address says it. */
export interface PeopleSearch {
  readonly q?: string
  readonly team?: string
  readonly organisation?: string
  readonly audience?: 'staff' | 'requester'
  readonly active?: 'false' | 'any'
  readonly person?: string
}

export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const { audience, active } = search
  const texts = ['q', 'team', 'organisation', 'person'].flatMap((name) => {
    const value = search[name]
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [[name, String(value)]] : []
  })
  return {
    ...Object.fromEntries(texts),
    ...((audience === 'staff' || audience === 'requester') && { audience }),
    ...((active === 'false' || active === 'any') && { active }),
  }
}
