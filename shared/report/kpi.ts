/** How a figure is made: what its value, its `count` and its `of` mean. */
export type Shape =
  /** How many records. */
  | 'count'
  /** `count` of `of` records, in percent. */
  | 'share'
  /** A time in milliseconds over `count` records: its mean, median and 90th percentile. */
  | 'time'
  /** A number over `count` records: its mean, median and 90th percentile. */
  | 'mean'
  /** How many more records one count has than another. */
  | 'difference'
  /** How many records there are at one moment: the end of the period, or the as-of where that is earlier. */
  | 'level'

export interface Kpi {
  readonly label: string
  readonly shape: Shape
  /** Which way is better; null where that depends. */
  readonly better: 'less' | 'more' | null
  readonly formula: string
  /** Which records count, and when. */
  readonly counts: string
  /** What is easily taken for it and is not, and what else to know before one acts on it. */
  readonly beware: string
  /** What it is read from. */
  readonly source: 'history' | 'clocks'
  /** It says nothing of a single person's work, so it is not broken down by people. */
  readonly notByPerson?: true
  /** It is known of one moment only, and has no course over a period. */
  readonly momentary?: true
}
