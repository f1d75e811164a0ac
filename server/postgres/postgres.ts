import { rmSync } from 'node:fs'
import { accountForServer, accountName } from './account.ts'
import { answer, ask } from './answer.ts'
import { binariesFor, type Binaries } from './binaries.ts'
import { dataOf, initialise, openCluster, ownRun, owner, urlOf, type Cluster } from './cluster.ts'
import { checkDurable } from './durable.ts'
import { keep, type Crash } from './keep.ts'
import { lockPlace } from './lock.ts'
import { openPlace, placeFor, type Place } from './place.ts'
import { adoptOrClear, halt, lastGone, launch, postmasterOf } from './postmaster.ts'
import { writeSettings, type Settings } from './settings.ts'

export { checkDurable, placeFor, type Crash, type Place, type Settings }

export interface Postgres {
  /** Of the database "steward", as its owner, over the Unix socket; the same through every restart. */
  readonly url: string
  readonly version: string
  /** Was it found running, left behind by a desk that died? */
  readonly adopted: boolean
  /** The operating system's user it runs as. */
  readonly user: string
  readonly dir: string
  urlOf(database: string): string
  /** Tells of each unexpected end; the server is already being started again. */
  crashed(listener: (crash: Crash) => void): void
  /** Throws the whole database away and makes an empty one in its place. */
  empty(): Promise<void>
  stop(): Promise<void>
}

interface Options {
  readonly dir: string
  readonly say: (line: string) => void
  /** Server settings for a special purpose; durability and access are not among them. */
  readonly settings?: Settings
}

/** The desk's own database, serving and durable, however the last one ended; started again whenever it falls. */
export async function startPostgres({ dir: asked, say, settings = {} }: Options): Promise<Postgres> {
  const place = placeFor(asked)
  if (place.moved) say(`${place.moved}.`)
  const account = accountForServer(dataOf(place.dir), say)
  openPlace(place, account)
  const unlock = lockPlace(place.dir, account)
  try {
    const binaries = binariesFor(place.dir, account)
    const cluster = openCluster(place.dir, postmasterOf(dataOf(place.dir))?.run ?? null, account)
    if (initialise(cluster, binaries)) say(`Made a new database in ${cluster.data}.`)
    const boot = () => serve({ cluster, binaries, settings, say })
    const first = await boot()
    const kept = keep(first, boot, say)
    return {
      url: urlOf(cluster, owner),
      urlOf: (database) => urlOf(cluster, database),
      version: binaries.version,
      adopted: first.adopted,
      user: accountName(account),
      dir: cluster.dir,
      crashed: kept.crashed,
      async empty() {
        const url = urlOf(cluster, 'postgres')
        await ask(url, `drop database ${owner} with (force)`, 60_000)
        await makeDatabase(url)
      },
      async stop() {
        await kept.stop()
        await lastGone(cluster.data)
        if (cluster.run !== ownRun(cluster.dir)) rmSync(cluster.run, { recursive: true, force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The owner's url of the server that serves this place, for a command beside a running desk; null if none does. */
export async function findPostgres(dir: string): Promise<string | null> {
  const place = placeFor(dir)
  const found = postmasterOf(dataOf(place.dir))
  if (!found) return null
  const url = urlOf({ dir: place.dir, run: found.run }, owner)
  return (await answer(url, 5_000)) === 'ready' ? url : null
}

interface Boot {
  readonly cluster: Cluster
  readonly binaries: Binaries
  readonly settings: Settings
  readonly say: (line: string) => void
}

async function serve({ cluster, binaries, settings, say }: Boot) {
  const url = urlOf(cluster, 'postgres')
  const left = await adoptOrClear(cluster, binaries, say)
  if (!left) writeSettings(cluster, settings)
  const postmaster = left ?? (await launch(cluster, binaries, say))
  try {
    await makeDatabase(url)
    await checkDurable(urlOf(cluster, owner))
  } catch (error) {
    await halt(postmaster.pid, postmaster.ended)
    throw error
  }
  return { ...postmaster, adopted: left !== null }
}

async function makeDatabase(url: string) {
  const found = await ask(url, `select from pg_database where datname = '${owner}'`)
  if (found.length === 0) await ask(url, `create database ${owner}`, 60_000)
}
