/** Chances that fall the same way each time for the same seed. */
export interface Random {
  /** At least 0 and less than 1. */
  next(): number
  chance(share: number): boolean
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  weighted<T>(list: readonly T[], weight: (one: T) => number): T
  /** Several different ones, in the list's order. */
  some<T>(list: readonly T[], count: number): T[]
  /** A length around a middle, long tails upwards only: how human delays are spread. */
  around(middle: number, spread?: number): number
  /** Chances of its own for one part, so that a change elsewhere does not change it. */
  fork(name: string): Random
}

export function randomFrom(seed: number): Random {
  const next = mulberry32(seed)
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)]!
  return {
    next,
    whole,
    pick,
    chance: (share) => next() < share,
    weighted(list, weight) {
      let left = next() * list.reduce((sum, one) => sum + weight(one), 0)
      for (const one of list) {
        left -= weight(one)
        if (left < 0) return one
      }
      return list.at(-1)!
    },
    some(list, count) {
      const left = [...list.keys()]
      const taken = Array.from({ length: Math.min(count, list.length) }, () =>
        left.splice(whole(0, left.length - 1), 1).join(''),
      )
      return taken
        .map(Number)
        .toSorted((a, b) => a - b)
        .map((at) => list[at]!)
    },
    around(middle, spread = 0.7) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return middle * Math.exp(normal * spread)
    },
    fork: (name) => randomFrom(hash(`${seed}/${name}`)),
  }
}

/** The mulberry32 generator: 32 bits of state, evenly spread. */
function mulberry32(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hash(text: string) {
  let sum = 0x811c9dc5
  for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0)!, 0x01000193)
  return sum >>> 0
}
