import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { answer, ask } from './answer.ts'
import type { Binaries } from './binaries.ts'
import { runAs, socketIn, systemIdentifier, urlOf, type Cluster } from './cluster.ts'
import { isServerOf, living, parentOf, serversIn, signal } from './processes.ts'
import { fixedOptions } from './settings.ts'

/** A server at work; `ended` tells in words how it ended, whoever ended it. */
export interface Postmaster {
  readonly pid: number
  readonly ended: Promise<string>
}

type Say = (line: string) => void

const answerWithin = 10_000
const shutDownWithin = 30_000

/** What the server's own file says of it; its second number is where it listens. */
function readPidFile(data: string) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), run: lines[4] ?? '' }
  } catch {
    return null
  }
}

/** The postmaster that really works on this data, if any; a number alone is never believed. */
export function postmasterOf(data: string) {
  const noted = readPidFile(data)
  return noted && isServerOf(noted.pid, data) ? noted : null
}

/** A server left behind by a desk that died: adopted if it answers, else brought down, and its traces removed. */
export async function adoptOrClear(cluster: Cluster, { version }: Binaries, say: Say): Promise<Postmaster | null> {
  const found = postmasterOf(cluster.data)
  if (found && (await answersInTime(found.pid, urlOf(cluster, 'postgres')))) {
    if (await isOurs(cluster, version)) return { pid: found.pid, ended: endOf(found.pid) }
    say(`The database server left running (process ${found.pid}) is of another version; replacing it.`)
  } else if (found && living(found.pid)) {
    say(`The database server left running (process ${found.pid}) does not answer; replacing it.`)
  }
  await clearServers(cluster.data)
  const left = readPidFile(cluster.data)
  rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
  for (const run of new Set([cluster.run, left?.run])) if (run) clearSocket(run)
  return null
}

/** Starts the server apart from the desk's own process group, so that Ctrl-C reaches it only through the desk. */
export async function launch(cluster: Cluster, { postgres }: Binaries, say: Say): Promise<Postmaster> {
  const output = openSync(join(cluster.logs, 'start.log'), 'w', 0o600)
  const child = spawn(postgres, ['-D', cluster.data, ...fixedOptions(cluster)], {
    ...runAs(cluster.account, cluster.data),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  child.unref()
  const ended = new Promise<string>((done) => {
    child.once('error', ({ message }) => done(message))
    child.once('exit', (code, killer) => done(killer ? `was killed by ${killer}` : `ended with code ${code}`))
  })
  const failed = ended.then((reason) => {
    throw new Error(`The database server ${reason} at start. ${lastWords(cluster)}`)
  })
  const { pid } = child
  if (pid === undefined) return failed
  try {
    await Promise.race([untilReady(pid, urlOf(cluster, 'postgres'), say), failed])
  } catch (error) {
    await halt(pid, ended)
    throw error
  }
  return { pid, ended }
}

/** Ends a server cleanly: no new work, what runs is rolled back, everything on disk; by force only if that fails. */
export async function halt(pid: number, ended: Promise<unknown>) {
  const gone = ended.then(() => true)
  for (const [name, patience] of [
    ['SIGINT', shutDownWithin],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    signal(pid, 'SIGCONT')
    if (await within(patience, gone)) return
  }
  throw new Error(`The database server (process ${pid}) cannot be ended.`)
}

const lingerFor = 5_000

/** Waits for what outlives its server a little: the one that writes the log ends when nobody can write into it any more. */
export async function lastGone(data: string) {
  const deadline = Date.now() + lingerFor
  while (serversIn(data).length > 0 && Date.now() < deadline) await wait(20)
}

async function within(patience: number, gone: Promise<boolean>) {
  const timer = new AbortController()
  const late = wait(patience, false, { signal: timer.signal }).catch(() => false)
  return Promise.race([gone, late]).finally(() => timer.abort())
}

async function answersInTime(pid: number, url: string) {
  let deadline = Date.now() + answerWithin
  while (Date.now() < deadline) {
    const found = living(pid)
    if (!found || found.stopped) return false
    const heard = await answer(url, Math.min(3_000, deadline - Date.now()))
    if (heard === 'ready') return true
    if (heard === 'starting') deadline = Date.now() + answerWithin
    await wait(50)
  }
  return false
}

async function isOurs(cluster: Cluster, version: string) {
  const [server] = await ask<{ id: string; version: string }>(
    urlOf(cluster, 'postgres'),
    `select system_identifier::text as id, current_setting('server_version') as version from pg_control_system()`,
  )
  if (server?.id !== systemIdentifier(cluster.data)) {
    throw new Error(`Another server answers in place of the one on ${cluster.data}.`)
  }
  return server.version === version
}

async function untilReady(pid: number, url: string, say: Say) {
  let told = Date.now()
  while (living(pid) && (await answer(url, 5_000)) !== 'ready') {
    await wait(20)
    if (Date.now() - told < 10_000) continue
    told = Date.now()
    say('The database is still recovering from an unclean end…')
  }
}

// Backends outlive their postmaster for some milliseconds; a new server must not start before the last has gone.
async function clearServers(data: string) {
  const started = Date.now()
  for (let left = serversIn(data); left.length > 0; left = serversIn(data)) {
    const heads = left.filter(({ pid }) => !left.some((other) => other.pid === parentOf(pid)))
    if (Date.now() - started > 2_000 || heads.some(({ stopped }) => stopped) || postmasterOf(data)) {
      await Promise.all(heads.map(({ pid }) => halt(pid, endOf(pid))))
    }
    await wait(20)
  }
}

function clearSocket(run: string) {
  for (const file of [socketIn(run), `${socketIn(run)}.lock`]) rmSync(file, { force: true })
}

async function endOf(pid: number) {
  const first = living(pid)
  for (let now = first; now && now.born === first?.born; now = living(pid)) {
    await wait(100, undefined, { ref: false })
  }
  return 'ended'
}

function lastWords({ logs }: Cluster) {
  const log = join(logs, 'start.log')
  const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ')
  return `${lines} (see ${join(basename(dirname(log)), basename(log))})`
}
