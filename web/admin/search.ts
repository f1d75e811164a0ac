/** Which changes the trail shows, as its address says it: those of one sort of setting, or of one alone. */
export interface TrailSearch {
  readonly table?: string
  readonly row?: string
}

export function readTrailSearch({ table, row }: Record<string, unknown>): TrailSearch {
  return {
    ...(typeof table === 'string' && { table }),
    ...((typeof row === 'string' || typeof row === 'boolean') && { row: String(row) }),
  }
}
