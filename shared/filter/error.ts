/** Where in a filter something is: a stretch of its text, or a path into its JSON. */
export interface Spot {
  at: number
  length: number
  path: readonly (string | number)[]
}

export const nowhere: Spot = { at: 0, length: 0, path: [] }

/** The one way a filter is refused: what is wrong (`message`), where, and what would be right (`mend`). */
export class FilterError extends Error {
  readonly mend: string
  readonly at: number
  readonly length: number
  readonly path: readonly (string | number)[]

  constructor(message: string, mend: string, spot: Spot = nowhere) {
    super(message)
    this.name = 'FilterError'
    this.mend = mend
    this.at = spot.at
    this.length = spot.length
    this.path = spot.path
  }
}

/** What somebody wrote, short enough to be said back in a message. */
export function quote(text: string) {
  return text.length > 40 ? `'${text.slice(0, 39)}…'` : `'${text}'`
}

/** Suggests what may have been meant: the nearest of the known words, or else the first few of them. */
export function suggest(wanted: string, known: readonly string[], plural: string) {
  const near = nearest(wanted, known)
  if (near !== undefined) return `Did you mean '${near}'?`
  if (known.length === 0) return `There are no ${plural} here.`
  const end = known.length > 10 ? ', …' : '.'
  return `The ${plural} are ${known.slice(0, 10).join(', ')}${end}`
}

function nearest(wanted: string, known: readonly string[]) {
  const word = wanted.toLowerCase()
  const reach = word.length < 4 ? 1 : 2
  let best: string | undefined
  let bound = reach + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bound) continue
    const distance = distanceBetween(word, candidate.toLowerCase())
    if (distance < bound) {
      best = candidate
      bound = distance
    }
  }
  return best
}

/** Counts the letters to add, drop, change or swap with a neighbour to come from one word to the other. */
function distanceBetween(from: string, to: string) {
  let older: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1
      const swapped = same === 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const steps = [at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + same]
      if (swapped) steps.push(at(older, column - 2) + 1)
      current.push(Math.min(...steps))
    }
    older = previous
    previous = current
  }
  return at(previous, to.length)
}

const at = (row: readonly number[], column: number) => row[column] ?? Infinity
