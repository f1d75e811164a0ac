const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const timeSteps = [minute, 5, 15, 30, 60, 120, 240, 360, 720].map((step, at) => (at === 0 ? step : step * minute))
const daySteps = [1, 2, 5, 7, 14, 30, 60, 90, 180, 365].map((days) => days * day)

/** Round numbers from nothing, or from below it, to a little over the largest; times in steps of minutes, hours and days. */
export function ticksFor(values: readonly number[], ofTime: boolean, about = 4): number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 0)]
  const span = high - low || 1
  const step = ofTime ? timeStep(span / about) : roundStep(span / about)
  const first = Math.floor(low / step)
  const last = Math.max(Math.ceil(high / step), first + 1)
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

function roundStep(least: number) {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10
  return factor * power
}

function timeStep(least: number) {
  return [...timeSteps, ...daySteps].find((step) => step >= least) ?? roundStep(least / day) * day
}

/** Counts have no halves. */
export const wholeTicks = (ticks: readonly number[]) => ticks.filter((tick) => Number.isInteger(tick))

/** The places at which a label fits, the last one always among them. */
export function labelled(count: number, room: number): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)))
  const places = Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % every === 0)
  return new Set(places)
}
