import { locale } from '#web/core/words.ts'

const exact = new Intl.NumberFormat(locale())
const compact = new Intl.NumberFormat(locale(), {
  notation: 'compact',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

export const whole = (value: number) => exact.format(value)

/** A number that need not be read to its last digit. */
export const about = (value: number) => (value < 100_000 ? exact.format(value) : compact.format(value))

/** How many there are, as exactly as it is known. */
export const counted = ({ value, exact: known }: { readonly value: number; readonly exact: boolean }) =>
  known ? whole(value) : `≈ ${about(value)}`
