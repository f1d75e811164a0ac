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

/** The answer that a link in a letter has chosen. */
export function readScore({ score }: Record<string, unknown>): { score?: number } {
  const chosen = Number(score)
  return Number.isInteger(chosen) && chosen >= 1 && chosen <= 5 ? { score: chosen } : {}
}
