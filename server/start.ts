import type { Desk } from '#server/core/desk.ts'
import { giveBackWhenFull } from '#server/postgres/ballast.ts'
import { checkDurable, placeFor, startPostgres } from '#server/postgres/postgres.ts'
import type { Config } from './config.ts'
import { isUnfinished } from './demo-place.ts'
import type { Log } from './log.ts'

export type Say = (line: string) => void

export interface Running {
  readonly desk: Desk
  readonly address: string
  readonly log: Log
  /** By which a new desk is set up; null once that has been done. */
  readonly setUpLink: string | null
  stop(): Promise<void>
}

/** Starts a whole desk. Whatever fails on the way, what was started before is stopped again. */
export async function startDesk(config: Config, say: Say): Promise<Running> {
  const stops: (() => unknown)[] = []
  const stop = () => stopAll(stops.splice(0))
  try {
    // The rest of the program is read while the database wakes.
    const [ownerUrl, { assemble }] = await Promise.all([database(config, say, stops), import('./assemble.ts')])
    return { ...(await assemble(config, ownerUrl, say, stops)), stop }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

/** The last that was started is the first to stop, each before the next; one that fails keeps none from stopping. */
async function stopAll(stops: readonly (() => unknown)[]) {
  const failures: unknown[] = []
  for (const each of stops.toReversed()) {
    try {
      await each()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function database({ data, databaseUrl, demo, reserve }: Config, say: Say, stops: (() => unknown)[]) {
  if (databaseUrl) {
    await checkDurable(databaseUrl)
    return databaseUrl
  }
  await giveBackWhenFull(placeFor(data).dir, reserve, say)
  const server = await startPostgres({ dir: data, say })
  stops.push(() => server.stop())
  if (demo && isUnfinished(server.dir)) {
    say('The demo was cut short when it was made, so it is made anew.')
    await server.empty()
  }
  return server.url
}
