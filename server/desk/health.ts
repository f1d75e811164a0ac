import type { Desk } from '#server/core/desk.ts'
import type { RawRoute } from '#server/core/http.ts'
import { getHealth } from '#shared/desk.ts'
import { version } from './version.ts'
import { gigabytes, jobCounts, recentJump, watched } from './watch.ts'

/** No transaction is opened for it, so that it can tell that the database does not answer. */
export const health = {
  ...getHealth,
  method: 'GET',
  async handle(desk, _, __, reply) {
    const state = await seeHealth(desk)
    return reply.code(state.status === 'down' ? 503 : 200).send(getHealth.output.parse(state))
  },
} as const satisfies RawRoute

async function seeHealth(desk: Desk) {
  const database = await asked(desk)
  if (!database) return { status: 'down' as const, version, wrong: ['The database does not answer.'] }
  const jump = recentJump()
  const { disk } = watched
  const wrong = [
    desk.readOnly.why,
    disk?.state === 'low' && `The disk is filling up: ${gigabytes(disk.free)} left.`,
    database.failing > 0 && `${database.failing} ${database.failing === 1 ? 'job' : 'jobs'} failed.`,
    jump !== null && `The machine's clock jumped by ${jump} s.`,
  ].filter((line) => typeof line === 'string')
  return { status: wrong.length > 0 ? ('degraded' as const) : ('ok' as const), version, wrong }
}

const patience = 3_000

/** What the database says of its jobs, or null if it says nothing in time. */
async function asked(desk: Desk) {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience)
  })
  const answer = jobCounts(desk).catch(() => null)
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer))
}
