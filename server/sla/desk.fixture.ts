import { vi } from 'vitest'
import { addCalendar, type Window } from '#shared/calendar.ts'
import { listClocks } from '#shared/sla.ts'
import { addDefinition } from '#shared/sla.ts'
import type { Clock } from '#shared/sla/clock.ts'
import { startingTerms, type Terms } from '#shared/sla/terms.ts'
import { testDesk } from '#test/desk.ts'

export const hour = 3_600_000

/** A desk with a service manager who defines, an analyst who works, and a caller. */
export async function slaDesk() {
  const desk = await testDesk()
  const network = await desk.team('Network')
  const cloud = await desk.team('Cloud')
  const lena = await desk.person('Lena', { role: 'service_manager' })
  const sam = await desk.agent('Sam', { teams: [network, cloud] })
  const rita = await desk.requester('Rita')
  let defined = 0

  async function define(
    terms: Partial<Terms>,
    more: { name?: string; target?: 'response' | 'resolution'; type?: 'sla' | 'ola'; startsAt?: string } = {},
  ) {
    defined += 1
    const about = { name: `Promise ${defined}`, type: 'sla', target: 'resolution', ...more } as const
    const { definition } = await lena.call(addDefinition, { ...about, terms: { ...startingTerms, ...terms } })
    return definition
  }

  async function calendar(name: string, zone: string, windows: readonly Window[], { weekend = false } = {}) {
    const open = [...windows]
    const week = [...Array.from({ length: 5 }, () => open), ...Array.from({ length: 2 }, () => (weekend ? open : []))]
    const { id } = await lena.call(addCalendar, { name, zone, week })
    return id
  }

  async function clocks(itemId: string): Promise<Clock[]> {
    return (await sam.call(listClocks, { itemId })).clocks
  }

  async function clock(itemId: string, name: string): Promise<Clock> {
    const found = (await clocks(itemId)).findLast((one) => one.name === name)
    if (!found) throw new Error(`There is no clock ${name}`)
    return found
  }

  /** The rows as they are kept, for what queues and figures read. */
  function rows(itemId: string) {
    return desk.asSystem(({ db }) =>
      db.selectFrom('clock').selectAll().where('itemId', '=', itemId).orderBy('attachedAt').orderBy('id').execute(),
    )
  }

  function past(itemId: string) {
    return desk.asSystem(({ db }) =>
      db.selectFrom('clockPast').selectAll().where('itemId', '=', itemId).orderBy('until').execute(),
    )
  }

  return { ...desk, network, cloud, lena, sam, rita, define, calendar, clocks, clock, rows, past, setTime }
}

const setTime = (text: string) => void vi.setSystemTime(new Date(text))

export const office: readonly Window[] = [{ from: '08:00', to: '17:00' }]
export const at = (text: string) =>
  Temporal.ZonedDateTime.from(text).toInstant().toString({ fractionalSecondDigits: 3 })
