import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '#server/core/id.ts'
import { addStartingRoles, createOrganisation, createPerson } from '#server/people/people.ts'
import { findPostgres } from '#server/postgres/postgres.ts'
import { createToken } from '#server/session/session.ts'
import { asSystem, withDesk } from '../bench/place.ts'
import { startDesk, type DeskProcess } from '../bench/process.ts'
import { wrongWith } from './check.ts'
import { startLoad } from './load.ts'

export const victims = ['desk', 'database', 'both'] as const
export type Victim = (typeof victims)[number]

export interface Outcome {
  readonly victim: Victim
  readonly kills: number
  /** Milliseconds from each kill to the next write that was acknowledged. */
  readonly outages: readonly number[]
  readonly acknowledged: number
  readonly wrong: readonly string[]
}

interface Run {
  readonly kills: number
  readonly clients?: number
  readonly say?: (line: string) => void
}

/** Kills a desk under load again and again at random instants, lets it come back, and checks what it holds then. */
export async function killOften({ kills, clients = 8, say = () => {} }: Run): Promise<Outcome[]> {
  const parent = mkdtempSync(join(tmpdir(), 'steward-faults-'))
  chmodSync(parent, 0o711)
  const dir = join(parent, 'desk')
  const outcomes: Outcome[] = []
  let desk = await startDesk(dir)
  try {
    const token = await tokenFor(await urlOf(dir))
    const load = startLoad(() => desk.address, token, clients)
    const { times } = load.ledger
    for (const victim of victims) {
      const outages: number[] = []
      const before = times.length
      while (outages.length < kills) {
        await wait(100 + Math.random() * 700)
        const killed = performance.now()
        desk = await kill(desk, dir, victim)
        outages.push(await nextAfter(times, killed))
      }
      outcomes.push({ victim, kills, outages, acknowledged: times.length - before, wrong: [] })
      say(`${victim}: killed ${kills} times, ${times.length} writes acknowledged so far`)
    }
    const ledger = await load.stop()
    const wrong = await wrongWith(await urlOf(dir), ledger)
    return outcomes.map((outcome) => ({ ...outcome, wrong }))
  } finally {
    await desk.stop()
    killPostmaster(dir)
    rmSync(parent, { recursive: true, force: true })
  }
}

async function kill(desk: DeskProcess, dir: string, victim: Victim): Promise<DeskProcess> {
  const gone = new Promise((done) => {
    desk.child.once('exit', done)
  })
  if (victim !== 'desk') while (!killPostmaster(dir)) await wait(5)
  if (victim === 'database') return desk
  desk.child.kill('SIGKILL')
  await gone
  return startDesk(dir)
}

/** Kills the database server, if one is there to be killed. */
function killPostmaster(dir: string) {
  const file = join(dir, 'db', 'postmaster.pid')
  const [pid] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  try {
    return pid !== undefined && process.kill(Number(pid), 'SIGKILL')
  } catch {
    // It was killed before, and has left its file behind.
    return false
  }
}

async function nextAfter(times: readonly number[], instant: number) {
  for (const until = instant + 60_000; performance.now() < until; await wait(5)) {
    const last = times.findLast((time) => time > instant)
    if (last !== undefined) return times.find((time) => time > instant)! - instant
  }
  throw new Error('The desk has not come back within a minute')
}

async function urlOf(dir: string) {
  const url = await findPostgres(dir)
  if (!url) throw new Error('The desk’s database does not answer')
  return url
}

function tokenFor(url: string) {
  return withDesk(url, (desk) =>
    asSystem(desk, async (ctx) => {
      const roles = await addStartingRoles(ctx)
      const organisation = await createOrganisation(ctx, { name: `Faults ${newId()}` })
      const about = { name: 'Fay Ult', email: 'fay@example.com', organisationId: organisation.id }
      const personId = await createPerson(ctx, { ...about, roleIds: [roles.get('service_manager')!] })
      return (await createToken(ctx, personId, { name: 'faults', days: 1 })).token
    }),
  )
}
