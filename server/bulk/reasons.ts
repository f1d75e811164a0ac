import type { Refusal } from '#server/core/refusal.ts'

/** Why one record was refused, in words that are the same for the next: its number is left out. */
export function reasonOf({ reason, message }: Refusal, number: string) {
  if (reason === 'not_found') return 'It is not there, or not yours to see any more'
  const text = message.replaceAll(number, 'it')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const mostNamed = 5

/** Each reason once, the commonest first, with how often it was given and for which. */
export function grouped(all: readonly { readonly reason: string; readonly number: string }[]) {
  return [...Map.groupBy(all, ({ reason }) => reason)]
    .map(([reason, its]) => ({
      reason,
      count: its.length,
      numbers: its.slice(0, mostNamed).map(({ number }) => number),
    }))
    .toSorted((one, other) => other.count - one.count)
}
