import { connect } from '#server/core/db.ts'
import { appUrl } from '#server/core/migrate.ts'
import { startWorker } from '#server/core/worker.ts'
import { jobs, openDesk } from '#server/modules.ts'

// A process that works on the jobs of the database that it is told, until it is killed.
const [, , url = ''] = process.argv
const files = { put: never, read: never, has: never, sweep: async () => 0 }
const desk = openDesk(connect(appUrl(url)), { mail: null, scan: null, files }, 'http://127.0.0.1:8484')
await startWorker(desk, jobs, url)

function never(): never {
  throw new Error('No file is touched here')
}
