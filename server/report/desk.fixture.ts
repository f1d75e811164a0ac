import { sql } from 'kysely'
import { vi } from 'vitest'
import { as, type Ctx } from '#server/core/desk.ts'
import { happen, hold } from '#server/item/item.ts'
import type { Input } from '#shared/core/endpoint.ts'
import {
  assignIncident,
  changeIncident,
  closeIncident,
  holdIncident,
  openIncident,
  reopenIncident,
  resolveIncident,
  startIncident,
} from '#shared/incident.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Lets it be this time: `2030-03-01T09:00`, in UTC. */
const at = (time: string) => void vi.setSystemTime(new Date(`${time}Z`))
const later = (ms: number) => void vi.setSystemTime(Date.now() + ms)

/** A desk with two teams, and the ways in which its people go through an incident at a time that the test names. */
export async function reportDesk() {
  const desk = await testDesk()
  const [network, windows] = [await desk.team('Network'), await desk.team('Windows')]
  const vpn = await desk.service('VPN', 1)
  const sam = await desk.agent('Sam', { teams: [network, windows] })
  const nora = await desk.agent('Nora', { teams: [network] })
  const lena = await desk.person('Lena', { role: 'service_manager', teams: [network] })
  const rita = await desk.requester('Rita')

  type Opening = Partial<Input<typeof openIncident>>
  const open = async (time: string, about: Opening = {}, by: { call: typeof sam.call } = rita) => {
    at(time)
    return (await by.call(openIncident, { title: 'It does not work', teamId: undefined, ...about })).id
  }
  const opened = (time: string, about: Opening = {}) =>
    open(time, { requesterId: rita.id, teamId: network.id, source: 'portal', ...about }, sam)
  const start = (time: string, id: string) => (at(time), sam.call(startIncident, { id }))
  const wait = (time: string, id: string) => (at(time), sam.call(holdIncident, { id, reason: 'vendor' }))
  const give = (time: string, id: string, to: Omit<Input<typeof assignIncident>, 'id'>) => (
    at(time),
    sam.call(assignIncident, { id, ...to })
  )
  const resolve = (time: string, id: string, by = sam) => (
    at(time),
    by.call(resolveIncident, { id, code: 'fixed', notes: 'Done' })
  )
  const reopen = (time: string, id: string) => (at(time), sam.call(reopenIncident, { id, reason: 'Not so' }))
  const close = (time: string, id: string) => (at(time), sam.call(closeIncident, { id }))
  const change = (time: string, id: string, set: Omit<Input<typeof changeIncident>, 'id'>) => (
    at(time),
    lena.call(changeIncident, { id, ...set })
  )

  /** Somebody tells the desk only now what happened then. */
  const resolveLate = (id: string, time: string) =>
    as(
      desk.desk,
      sam.actor,
      async (ctx) => {
        const notes = {
          resolutionCode: 'fixed',
          resolutionNotes: 'Done',
          resolvedAt: time,
          resolvedById: sam.id,
        } as const
        const held = await hold(ctx, id, 'incident')
        await happen(ctx, held, {
          name: 'incident.resolved',
          data: { code: 'fixed' },
          set: { ...notes, state: 'resolved' },
        })
      },
      { at: time },
    )

  const people = { sam, nora, lena, rita }
  const acts = { at, later, open, opened, start, wait, give, resolve, reopen, close, change, resolveLate }
  return { ...desk, ...people, ...acts, network, windows, vpn, asOwner: (text: string) => admin(text, desk.database) }
}

/** All that is kept of some incidents for figures, as it lies in the database. */
export async function kept({ db }: Ctx, ids: readonly string[]) {
  const rowsOf = async (table: string, order: string) => {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(it) as row from ${sql.table(table)} it where item_id = any(${ids})
      order by item_id, ${sql.ref(order)}`.execute(db)
    return rows.map(({ row }) => row)
  }
  return {
    now: await rowsOf('incident_fact', 'recorded_at'),
    past: await rowsOf('incident_fact_past', 'recorded_at'),
    steps: await rowsOf('incident_step', 'seq'),
  }
}
