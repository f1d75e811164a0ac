import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { connect } from '#server/core/db.ts'
import type { Desk } from '#server/core/desk.ts'
import { filesFrom } from '#server/core/files.ts'
import { httpServer } from '#server/core/http.ts'
import { measureProcess } from '#server/core/metrics.ts'
import { appUrl, migrate } from '#server/core/migrate.ts'
import { scanWith } from '#server/core/scan.ts'
import { startWorker } from '#server/core/worker.ts'
import { measureDesk, prepareSetUp, watch } from '#server/desk/desk.ts'
import { smtp } from '#server/mail/mail.ts'
import { nobody } from '#server/people/people.ts'
import { ballastIn } from '#server/postgres/ballast.ts'
import { placeFor } from '#server/postgres/postgres.ts'
import { authenticate } from '#server/session/session.ts'
import { addressOf, type Config } from './config.ts'
import { logConsole, openLog, type Log } from './log.ts'
import { jobs, openDesk, routes, served } from './modules.ts'
import { servePages } from './pages.ts'
import { restWhenQuiet } from './rest.ts'
import type { Running, Say } from './start.ts'

type App = Awaited<ReturnType<typeof httpServer>>

/** Builds the desk on its database, from the schema up to what listens; what has to be stopped joins the others. */
export async function assemble(
  config: Config,
  ownerUrl: string,
  say: Say,
  stops: (() => unknown)[],
): Promise<Omit<Running, 'stop'>> {
  const { dir } = placeFor(config.data)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const log = await openLog(config, dir)
  stops.push(() => log.close())
  logConsole(log.log)
  await migrate(ownerUrl)

  const connection = connect(appUrl(ownerUrl), { prepared: config.prepared })
  stops.push(() => connection.close())
  const mail = config.mail && smtp(config.mail.url, config.mail.from)
  const address = addressOf(config)
  const files = filesFrom(config.bucket, join(dir, 'files'))
  const scan = config.scan ? scanWith(config.scan) : null
  const desk = openDesk(connection, { mail, files, scan }, address)

  const work = workerOf(desk, ownerUrl, log)
  const tell = (line: string) => {
    log.log.warn(line)
    say(line)
  }
  const unwatch = await watch(desk, {
    dir,
    maxWal: config.databaseUrl ? 0 : 1024 ** 3,
    ballast: ballastIn(dir, config.reserve),
    say: tell,
    turned: (readOnly) => (readOnly ? work.pause() : work.begin()),
  })
  if (!desk.readOnly.why) await work.begin()
  stops.push(unwatch, () => work.pause())

  measureProcess()
  measureDesk(desk)
  await listen(desk, config, log, stops)
  return { desk, address, log, setUpLink: await prepareSetUp(desk) }
}

/** The worker of jobs, to be held while nothing may be written. What it is at, it finishes. */
function workerOf(desk: Desk, ownerUrl: string, { log }: Log) {
  let runner: Awaited<ReturnType<typeof startWorker>> | null = null
  const begin = async () => {
    if (runner) return
    const started = await startWorker(desk, jobs, ownerUrl)
    runner = started
    void endOf(started.promise)
  }
  const endOf = async (ended: Promise<void>) => {
    await ended.catch((error: unknown) => log.error({ err: error }, 'the worker ended'))
    if (runner?.promise !== ended) return
    runner = null
    setTimeout(() => void begin().catch((error: unknown) => log.error({ err: error }, 'no worker')), 5_000).unref()
  }
  return {
    begin,
    async pause() {
      const running = runner
      runner = null
      await running?.stop().catch(() => {})
    },
  }
}

async function listen(desk: Desk, config: Config, { log }: Log, stops: (() => unknown)[]) {
  const { secure, requestsPerMinute, trustProxy, metricsToken, host, port } = config
  const app = await httpServer(desk, served, routes, {
    authenticate: authenticate(desk, { secure, metricsToken }),
    nobody,
    log,
    secure,
    requestsPerMinute,
    trustProxy,
  })
  const underway = underwayOn(app)
  stops.push(restWhenQuiet(app))
  await servePages(app)
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw listenError(error, config)
  }
  stops.push(async () => {
    app.server.close()
    app.server.closeIdleConnections()
    await underway.ended()
    await app.close()
  })
}

const patience = 10_000

/** The requests that are being answered. Streams of events, which have no end of their own, are not waited for. */
function underwayOn(app: App) {
  const replies = new Set<FastifyReply>()
  let stopping = false
  app.addHook('onRequest', async (_, reply) => {
    replies.add(reply)
    reply.raw.once('close', () => replies.delete(reply))
    if (stopping) reply.header('connection', 'close')
  })
  return {
    async ended() {
      stopping = true
      const until = performance.now() + patience
      while ([...replies].some((reply) => !isStream(reply)) && performance.now() < until) {
        await wait(20)
      }
    },
  }
}

const isStream = ({ raw }: FastifyReply) => String(raw.getHeader('content-type')).startsWith('text/event-stream')

function listenError(error: unknown, { host, port }: Config) {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return new Error(`Another program listens on ${host}:${port}. Stop it, or choose another port with PORT=…`)
  if (code === 'EACCES') return new Error(`This user may not listen on port ${port}. Choose one above 1024 with PORT=…`)
  if (code === 'EADDRNOTAVAIL') return new Error(`This machine has no address ${host}. Choose another one with HOST=…`)
  return error
}
