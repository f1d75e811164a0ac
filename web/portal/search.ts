/** Which requests a list shows, as its address says it. */
export interface RequestsSearch {
  readonly show?: 'done' | 'all'
  readonly whose?: 'organisation'
}

export function readRequestsSearch({ show, whose }: Record<string, unknown>): RequestsSearch {
  return {
    ...((show === 'done' || show === 'all') && { show }),
    ...(whose === 'organisation' && { whose }),
  }
}
