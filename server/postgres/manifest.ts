import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface BackedUpFile {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** What a backup holds, so that it can be proved whole before anything is restored from it. */
export interface Manifest {
  readonly format: 'steward-backup-1'
  readonly made: string
  readonly postgres: string
  readonly systemIdentifier: string
  /** Everything committed up to this place in the write-ahead log is in the backup. */
  readonly end: string
  readonly directories: readonly string[]
  readonly files: readonly BackedUpFile[]
}

export async function writeManifest(folder: string, manifest: Manifest) {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeFile(join(folder, 'manifest.json'), text, { mode: 0o600, flush: true })
  await writeFile(join(folder, 'manifest.sha256'), `${sha256(text)}  manifest.json\n`, { mode: 0o600, flush: true })
}

export async function readManifest(folder: string): Promise<Manifest> {
  const [text, note] = await Promise.all(
    ['manifest.json', 'manifest.sha256'].map((name) => readFile(join(folder, name), 'utf8')),
  ).catch((error: unknown) => {
    throw new Error(`${folder} is not a whole backup: it has no manifest.`, { cause: error })
  })
  if (text === undefined || !note?.startsWith(sha256(text))) throw damaged('manifest.json')
  const manifest: Manifest = JSON.parse(text)
  if (manifest.format !== 'steward-backup-1') {
    throw new Error(`${folder} was made by a newer desk: its format is ${String(manifest.format)}.`)
  }
  return manifest
}

export function damaged(path: string, cause?: unknown) {
  return new Error(`The backup is damaged: ${path} is not what was backed up. Nothing was restored.`, { cause })
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex')
}
