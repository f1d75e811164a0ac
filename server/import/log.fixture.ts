import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Desk } from '#server/core/desk.ts'
import type { Mapping } from '#shared/import/mapping.ts'
import { importFile } from './import.ts'
import type { Source } from './source.ts'

export const logPath = fileURLToPath(new URL('./fixtures/servicenow-incident-log-890.csv.gz', import.meta.url))

export const logSource: Source = { name: 'log.csv.gz', open: async () => createReadStream(logPath) }

export type Line = Readonly<Record<string, string>>

/** The sample log, read by another reader than the desk’s. */
export async function readLog(): Promise<Line[]> {
  return parse(gunzipSync(await readFile(logPath)), { columns: true })
}

/** A text as a file. */
export const textSource = (text: string | Buffer, name = 'tickets.csv'): Source => ({
  name,
  open: async () => Readable.from([typeof text === 'string' ? Buffer.from(text) : text]),
})

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvOf = (rows: readonly Line[]) => {
  const head = Object.keys(rows[0]!)
  return [head.join(','), ...rows.map((row) => head.map((name) => cell(row[name]!)).join(',')), ''].join('\n')
}

/** Brings a file in, as the command line does. */
export const bringIn = (desk: Desk, source: Source, changed: Partial<Mapping> = {}, system = 'servicenow') =>
  importFile(desk, {
    source,
    system,
    adapt: (learned) => ({ ...learned, ...changed }),
    adoptMatrix: false,
    follow() {},
  })
