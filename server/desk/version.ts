import { readFileSync } from 'node:fs'
import { z } from 'zod'

const about = z.object({ version: z.string() })

/** This release, as package.json says it. */
export const { version } = about.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
