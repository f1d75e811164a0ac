// How fast a log of 150,000 updates comes in, and how much the importing process holds: `node bench/import.ts`, with
// `--rows 30000` for a small one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, chmodSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { Certificate } from '#shared/import/certificate.ts'
import { startDesk } from './process.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '150000' } } })
const wanted = Number(values.rows)
const most = { seconds: (300 * wanted) / 150_000, megabytes: 512 }
const fixture = new URL('../server/import/fixtures/servicenow-incident-log-890.csv.gz', import.meta.url)
const cli = fileURLToPath(new URL('../server/cli/cli.ts', import.meta.url))
const say = (line: string) => void process.stderr.write(`${line}\n`)

/** The sample log again and again, each time with incidents, callers and resolvers of its own. */
async function writeLog(path: string) {
  const [head = '', ...lines] = gunzipSync(readFileSync(fixture)).toString().trim().split('\n')
  const file = createWriteStream(path)
  file.write(`${head}\n`)
  for (let row = 0; row < wanted; row += 1) {
    const copy = Math.floor(row / lines.length)
    const line = lines[row % lines.length]!.replace(
      /^INC(\d+)/,
      (_, number: string) => `INC${String(copy * 2000 + Number(number)).padStart(7, '0')}`,
    ).replaceAll(/(Caller|Resolver) (\d+)/g, (_, what: string, which: string) => `${what} ${copy % 7}${which}`)
    if (!file.write(`${line}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

/** The most that a process has held so far, by the kernel’s own count. */
function peakOf(pid: number) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

async function bringIn(dir: string, file: string) {
  const began = performance.now()
  const child = spawn(process.execPath, [cli, 'import', 'servicenow-log', file, '--json'], {
    env: { ...process.env, STEWARD_DATA: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid!))), 50)
  const out = await text(child.stdout)
  clearInterval(watch)
  const certificate = Certificate.parse(JSON.parse(out))
  return { seconds: (performance.now() - began) / 1000, peak, certificate }
}

async function measure(place: string) {
  const file = join(place, 'log.csv')
  await writeLog(file)
  for (const which of ['first', 'second']) {
    const { seconds, peak, certificate } = await bringIn(join(place, 'desk'), file)
    const { incidents, events, added, hashes } = certificate
    say(
      `${which} time: ${events} updates of ${incidents} incidents in ${seconds.toFixed(1)} s, ${Math.round(events / seconds)} a second, at most ${Math.round(peak)} MB; new: ${added.events} updates; ${hashes.equal ? 'equal' : 'NOT EQUAL'}`,
    )
    const fine = hashes.equal && events === wanted && seconds <= most.seconds && peak <= most.megabytes
    if (!fine) process.exitCode = 1
  }
}

const dir = mkdtempSync(join(tmpdir(), 'steward-import-'))
chmodSync(dir, 0o711)
const desk = await startDesk(join(dir, 'desk'))
try {
  await measure(dir)
} finally {
  await desk.stop()
  rmSync(dir, { recursive: true, force: true })
}
