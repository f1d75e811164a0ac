import type { Certificate } from '#shared/import/certificate.ts'
import { reopeningsIn, type Case } from './tally.ts'

const day = 86_400_000
/** Within so many days a reopening tells of a resolution that did not last. */
const reopenDays = 14

/** The figures of what was brought in, by the definitions of the desk’s own: from the replayed history alone. */
export function figures() {
  const times: number[] = []
  const stated: number[] = []
  const count = { records: 0, resolved: 0, direct: 0, hops: 0, reopened: 0, sla: 0, made: 0 }
  return {
    add({ history, last: { fields }, rows }: Case) {
      const opened = Date.parse(history[0]?.at ?? '')
      const resolvedAt = fields['resolvedAt']
      count.records += 1
      if (typeof fields['custom.made_sla'] === 'boolean') {
        count.sla += 1
        count.made += fields['custom.made_sla'] ? 1 : 0
      }
      if (reopenedSoon(history)) count.reopened += 1
      if (typeof resolvedAt !== 'string') return
      const time = Date.parse(resolvedAt) - opened
      const hops = Number(fields['reassignmentCount'])
      count.resolved += 1
      count.hops += hops
      count.direct += hops === 0 ? 1 : 0
      times.push(time)
      if (rows.at(-1)?.draft.resolvedAt) stated.push(time)
    },
    end(): Certificate['figures'] {
      const { resolved } = count
      return {
        opened: count.records,
        resolved,
        firstAssignmentResolution: share(count.direct, resolved),
        bounceRate: share(resolved - count.direct, resolved),
        meanHops: resolved === 0 ? null : count.hops / resolved,
        reopenRate: share(count.reopened, resolved),
        slaMadeShare: share(count.made, count.sla),
        medianTimeToResolve: quantile(times, 0.5),
        meanTimeToResolve: mean(times),
        percentile90TimeToResolve: quantile(times, 0.9),
        statedResolutions: stated.length,
        medianTimeToStatedResolution: quantile(stated, 0.5),
        meanTimeToStatedResolution: mean(stated),
      }
    },
  }
}

function reopenedSoon(history: Case['history']) {
  const reopenings = reopeningsIn(history)
  return reopenings.some((event) => {
    const was = event.changes.find(({ field }) => field === 'resolvedAt')?.before
    return typeof was !== 'string' || Date.parse(event.at) - Date.parse(was) <= reopenDays * day
  })
}

const share = (part: number, of: number) => (of === 0 ? null : (100 * part) / of)
const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** As PostgreSQL’s percentile_cont: between two values where the place falls between them. */
function quantile(values: readonly number[], at: number) {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).toSorted()
  const place = at * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return low + (high - low) * (place - Math.floor(place))
}
