import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '#server/core/db.ts'
import { as, system, type Desk } from '#server/core/desk.ts'
import { appUrl, migrate } from '#server/core/migrate.ts'
import { sealHistory } from '#server/item/seal.ts'
import { openDesk } from '#server/modules.ts'
import { startPostgres } from '#server/postgres/postgres.ts'
import { load } from './load.ts'

export interface Place {
  readonly dir: string
  remove(): void
}

/** A folder for a desk of so many records: one that was kept from an earlier run, or a new one that goes afterwards. */
export async function preparePlace(keep: string | undefined, items: number, say: (line: string) => void) {
  const dir = keep ?? mkdtempSync(join(tmpdir(), 'steward-bench-'))
  mkdirSync(dir, { recursive: true })
  chmodSync(dir, 0o711)
  const place: Place = { dir: join(dir, 'desk'), remove: () => keep ?? rmSync(dir, { recursive: true, force: true }) }
  const done = join(dir, `loaded-${items}`)
  if (existsSync(done)) return place
  rmSync(place.dir, { recursive: true, force: true })
  await withServer(place.dir, async (url) => {
    await migrate(url)
    await load(url, items, say)
    // A desk that has grown to this size has long sealed its history; one that was filled at once would still be at it.
    await withDesk(url, (desk) => sealHistory.run(desk, {}))
  })
  writeFileSync(done, '')
  return place
}

async function withServer(dir: string, work: (url: string) => Promise<void>) {
  const settings = { max_wal_size: '8GB', maintenance_work_mem: '1GB', autovacuum: 'off', shared_buffers: '512MB' }
  const server = await startPostgres({ dir, say: () => {}, settings })
  try {
    await work(server.url)
  } finally {
    await server.stop()
  }
}

/** Some work on a desk over a running server, in this process. */
export async function withDesk<T>(ownerUrl: string, work: (desk: Desk) => Promise<T>): Promise<T> {
  const connection = connect(appUrl(ownerUrl), { max: 2 })
  const files = { put: never, read: never, has: never, sweep: never }
  try {
    return await work(openDesk(connection, { mail: null, files, scan: null }, 'http://127.0.0.1'))
  } finally {
    await connection.close()
  }
}

const never = () => Promise.reject(new Error('The bench keeps no files'))

export const asSystem = <T>(desk: Desk, work: Parameters<typeof as<T>>[2]) => as(desk, system, work)
