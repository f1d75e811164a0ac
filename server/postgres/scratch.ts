import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { ask } from './answer.ts'
import { dataOf } from './cluster.ts'
import { placeFor, startPostgres, type Postgres } from './postgres.ts'
import { serversIn, signal } from './processes.ts'

type Cleaning = (clean: () => void) => void

/** A folder that the database's system user can reach, gone after the test; a whole file's says `afterAll`. */
export function scratch(after: Cleaning = onTestFinished) {
  const dir = mkdtempSync(join(tmpdir(), 'steward-test-'))
  chmodSync(dir, 0o711)
  after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const nursery = scratch(afterAll)

/** A desk's place with a server that holds one table of notes, and ways to bring it into trouble. */
export function scratchDesk({ under = '.', after = onTestFinished }: { under?: string; after?: Cleaning } = {}) {
  const dir = join(scratch(after), under, 'desk')
  const said: string[] = []
  const children: ChildProcess[] = []
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    for (const { pid } of serversIn(dataOf(placeFor(dir).dir))) signal(pid, 'SIGKILL')
  })

  function inline(script: string) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    return child
  }

  return {
    dir,
    data: dataOf(dir),
    said,
    async start() {
      await plant(dir)
      return startPostgres({ dir, say: (line) => void said.push(line) })
    },
    inline,
    /** A desk in a process of its own, so that it can be killed as a desk is. */
    async startElsewhere() {
      await plant(dir)
      const face = JSON.stringify(import.meta.resolve('./postgres.ts'))
      const child = inline(`
        import { startPostgres } from ${face}
        await startPostgres({ dir: ${JSON.stringify(dir)}, say: () => {} })
        console.log('up')
        setInterval(() => {}, 1000)`)
      await firstWord(child)
      return child
    },
  }
}

let seed: Promise<string> | null = null

// Initialising takes a second or more, so it is done once for a file of tests and copied after that.
async function plant(dir: string) {
  if (existsSync(dataOf(dir))) return
  seed ??= freshSeed()
  const from = await seed
  mkdirSync(dir, { recursive: true })
  spawnSync('cp', ['-a', dataOf(from), join(from, 'secret'), dir])
}

async function freshSeed() {
  const server = await startPostgres({ dir: join(nursery, 'seed'), say: () => {} })
  await server.stop()
  return server.dir
}

export async function firstWord(child: ChildProcess) {
  const said: Buffer[] = []
  child.stderr?.on('data', (part: Buffer) => said.push(part))
  return new Promise<string>((done, fail) => {
    child.stdout?.once('data', (part: Buffer) => done(part.toString().trim()))
    child.once('exit', () => fail(new Error(Buffer.concat(said).toString())))
  })
}

export async function killed(child: ChildProcess) {
  const gone = new Promise((done) => {
    child.once('exit', done)
  })
  child.kill('SIGKILL')
  await gone
}

export async function note({ url }: Pick<Postgres, 'url'>, text: string) {
  await ask(url, `create table if not exists note (id bigint generated always as identity primary key, text text)`)
  await ask(url, `insert into note (text) values ('${text}')`)
}

export async function notes({ url }: Pick<Postgres, 'url'>) {
  const rows = await ask<{ text: string }>(url, 'select text from note order by id')
  return rows.map(({ text }) => text)
}
