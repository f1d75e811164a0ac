import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { as, system, type Desk } from '#server/core/desk.ts'
import { gauge } from '#server/core/metrics.ts'
import { givenBack, isFull, type Ballast } from '#server/postgres/ballast.ts'
import { diskState, readDisk, type Disk, type DiskState } from '#server/postgres/disk.ts'

interface Watched {
  disk: (Disk & { readonly state: DiskState }) | null
  /** When the machine's clock was last seen to jump, by the clock that cannot. */
  jumped: { readonly seconds: number; readonly at: number } | null
}

interface Watch {
  readonly dir: string
  /** Bytes that the database's log may take; none where it lives elsewhere. */
  readonly maxWal: number
  readonly say: (line: string) => void
  /** Room set aside for a disk that is full; none where the database lives elsewhere. */
  readonly ballast?: Ballast
  readonly read?: (dir: string) => Promise<Disk>
  /** Told when the desk becomes read-only or writes again. */
  readonly turned: (readOnly: boolean) => Promise<void>
}

/** What this process knows of the machine it runs on. */
export const watched: Watched = { disk: null, jumped: null }

const pause = 10_000
const pauseWhenFull = 1_000
const longestDrift = 2_000

/** Looks after the disk and the clock until it is stopped. */
export async function watch(desk: Desk, how: Watch) {
  const stopping = new AbortController()
  await lookAtDisk(desk, how)
  const watching = Promise.all([keepLooking(desk, how, stopping.signal), keepBallast(how, stopping.signal)])
  return async () => {
    stopping.abort()
    await watching
  }
}

async function keepLooking(desk: Desk, how: Watch, signal: AbortSignal) {
  let [wall, steady] = [Date.now(), performance.now()]
  for (;;) {
    const next = desk.readOnly.why ? pauseWhenFull : pause
    await wait(next, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted) return
    const drift = Date.now() - wall - (performance.now() - steady)
    if (Math.abs(drift) > longestDrift) noteJump(drift, how.say)
    ;[wall, steady] = [Date.now(), performance.now()]
    await lookAtDisk(desk, how).catch(() => {})
  }
}

function noteJump(drift: number, say: Watch['say']) {
  const seconds = Math.round(drift / 1000)
  watched.jumped = { seconds, at: performance.now() }
  say(`The machine's clock jumped by ${seconds} s.`)
}

/** Whether the clock jumped in the last ten minutes, and how far. */
export function recentJump() {
  const { jumped } = watched
  return jumped && performance.now() - jumped.at < 600_000 ? jumped.seconds : null
}

export const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`

/** Sets room aside while there is plenty, a while after the start and again after it was needed. */
async function keepBallast({ dir, maxWal, ballast, read = readDisk }: Watch, signal: AbortSignal) {
  if (!ballast || ballast.size === 0) return
  while (!signal.aborted) {
    const disk = await read(dir).catch(() => null)
    const left = disk && { ...disk, free: disk.free - 2 * ballast.size }
    if (left && diskState({ ...left, maxWal }) !== 'readonly') await ballast.setAside(signal).catch(() => {})
    await wait(60_000, undefined, { signal, ref: false }).catch(() => {})
  }
}

async function lookAtDisk({ readOnly }: Desk, { dir, maxWal, say, turned, ballast, read = readDisk }: Watch) {
  const disk = await read(dir)
  if (ballast && isFull(disk.free, ballast)) {
    const bytes = await ballast.giveBack()
    if (bytes > 0) say(givenBack(bytes))
  }
  const state = diskState({ ...disk, maxWal })
  watched.disk = { ...disk, state }
  const why =
    state === 'readonly'
      ? `The disk is almost full: ${gigabytes(disk.free)} left. The desk is read-only until there is more room.`
      : null
  const turning = (why === null) !== (readOnly.why === null)
  readOnly.why = why
  if (!turning) return
  say(why ?? 'There is room on the disk again; the desk takes changes.')
  await turned(why !== null)
}

/** How many jobs wait, and how many have failed and will be tried again or given up. */
export async function jobCounts(desk: Desk) {
  return as(
    desk,
    system,
    async ({ db }) => {
      const { rows } = await sql<{ waiting: number; failing: number }>`select * from app.job_counts()`.execute(db)
      return rows[0] ?? { waiting: 0, failing: 0 }
    },
    { access: 'read only' },
  )
}

/** What a collector of metrics is told beside the requests. */
export function measureDesk(desk: Desk) {
  gauge('steward_jobs_waiting', 'Jobs that are due and have not begun', async () => (await jobCounts(desk)).waiting)
  gauge('steward_jobs_failing', 'Jobs that failed', async () => (await jobCounts(desk)).failing)
  gauge('steward_pool_connections', 'Connections to the database', () => desk.connection.load().total)
  gauge('steward_pool_idle', 'Connections to the database that lie idle', () => desk.connection.load().idle)
  gauge('steward_pool_queue', 'Requests that wait for a connection', () => desk.connection.load().waiting)
  gauge('steward_disk_free_bytes', 'Room on the disk that holds the data', () => watched.disk?.free ?? Number.NaN)
  gauge('steward_read_only', '1 while nothing may be written', () => (desk.readOnly.why ? 1 : 0))
}
