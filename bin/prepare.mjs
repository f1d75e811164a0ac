// Plain enough for the Node that came with somebody's npm: it runs before the desk's own Node is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
export const node = join(bin, 'node')

/** Installs what the lock file names, unless just that is installed; the tools of development only if asked for. */
export async function install({ tools }) {
  if (isInstalled({ tools })) return
  say('Installing…')
  const npm =
    basename(process.env.npm_execpath ?? '') === 'npm-cli.js' ? [process.execPath, process.env.npm_execpath] : ['npm']
  await quietly([...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...(tools ? ['--include=dev'] : [])])
  if (!existsSync(node)) {
    fail(
      `There is no Node of the desk's own for ${process.platform}-${process.arch}. Was npm told to omit optional packages?`,
    )
  }
}

/** Builds the web pages, unless they were built from just these sources. */
export async function build() {
  const [stamp, page] = [join(root, 'dist', '.stamp'), join(root, 'dist', 'index.html')]
  const vite = join(bin, 'vite')
  if (!existsSync(vite)) {
    if (existsSync(page)) return
    fail(
      'The web pages are not built, and this install (made with --omit=dev) has no tool to build them.\nBuild them elsewhere and bring the folder dist along, or run "npm ci --include=dev" and start again.',
    )
  }
  const sources = hashOf(['web', 'shared', 'index.html', 'vite.config.ts', 'package-lock.json'])
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  say('Building the web pages…')
  await quietly([node, vite, 'build'])
  writeFileSync(stamp, sources)
}

/** Becomes the program, as far as one process can become another: its output, its signals, its exit code. */
export async function become(args, cwd) {
  const { code, signal, asked } = await run([node, ...args], { cwd, stdio: 'inherit' })
  process.exit(asked && asked === signal ? 0 : (code ?? 128 + constants.signals[signal]))
}

/**
 * Runs a command in a process group of its own. A terminal's Ctrl-C, and npm passing it on, would reach it two or
 * three times otherwise; so it hears each request to stop once, from here.
 */
export function run([command, ...args], { cwd = root, stdio, group = false, env = {} }) {
  return new Promise((done) => {
    const path = `${bin}:${process.env.PATH ?? ''}`
    const child = spawn(command, args, { cwd, stdio, detached: true, env: { ...process.env, ...env, PATH: path } })
    const output = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => output.push(part))
    let asked = null
    const stop = (signal) => {
      if (asked || child.pid === undefined) return
      asked = signal
      try {
        process.kill(group ? -child.pid : child.pid, signal)
      } catch (error) {
        if (error.code !== 'ESRCH') throw error
      }
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, stop)
    const end = (code, signal) => {
      for (const each of signals) process.off(each, stop)
      done({ code, signal, asked, output: Buffer.concat(output).toString() })
    }
    child.once('error', (error) => {
      output.push(Buffer.from(`${command}: ${error.message}\n`))
      end(127, null)
    })
    child.once('close', end)
  })
}

export function say(line) {
  process.stdout.write(`${line}\n`)
}

export function fail(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

async function quietly(command) {
  const { code, asked, output } = await run(command, { stdio: ['ignore', 'pipe', 'pipe'], group: true })
  if (asked) process.exit(0)
  if (code !== 0) fail(`${output}\n${command.map((word) => basename(word)).join(' ')} failed.`)
}

// npm notes what it installed in a lock file of its own, written last; so an install cut short never looks whole.
function isInstalled({ tools }) {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(packagesOf)
  if (!wanted || !installed || !existsSync(node)) return false
  return Object.entries(wanted).every(([path, { version, integrity, dev, optional, devOptional }]) => {
    const found = installed[path]
    if (found) return found.version === version && found.integrity === integrity
    return path === '' || optional || ((dev || devOptional) && !tools)
  })
}

function packagesOf(file) {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

function hashOf(names) {
  const hash = createHash('sha256')
  for (const file of names.flatMap(filesOf))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function filesOf(name) {
  const path = join(root, name)
  if (!existsSync(path)) return []
  try {
    return readdirSync(path)
      .toSorted()
      .flatMap((child) => filesOf(join(name, child)))
  } catch (error) {
    if (error.code === 'ENOTDIR') return [name]
    throw error
  }
}
