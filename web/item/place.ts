/** A list's place in the URL, as its parts see it. */
export interface ListPlace {
  readonly view: string | undefined
  readonly filter: string
  readonly sort: string
  readonly columns: readonly string[]
  readonly go: (change: { f?: string; sort?: string; view?: string; cols?: string }) => void
}
