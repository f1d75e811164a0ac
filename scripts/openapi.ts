import { readFile } from 'node:fs/promises'
import { openapi } from '#server/core/openapi.ts'
import { routes, served } from '#server/modules.ts'

/** The public contract as it stands in docs/openapi.json. */
export async function printOpenapi() {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
  return `${JSON.stringify(openapi(served, routes, version), null, 2)}\n`
}
