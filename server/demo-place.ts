import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Personas = z.array(z.object({ role: z.string(), personId: z.uuid(), name: z.string() }))

const fileIn = (dir: string) => join(dir, 'personas.json')

/** Notes that a demo is being made here, so that one which is cut short is known for that. */
export const beginDemo = (dir: string) => keepPersonas(dir, [])

/** Notes whom one can look at the demo as: from here on it is whole. */
export function keepPersonas(dir: string, personas: readonly z.output<typeof Personas>[number][]) {
  const file = fileIn(dir)
  writeFileSync(`${file}.new`, JSON.stringify(personas), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Null where no demo was made. */
export const personasIn = (dir: string) =>
  existsSync(fileIn(dir)) ? Personas.parse(JSON.parse(readFileSync(fileIn(dir), 'utf8'))) : null

/** Whether this start's own kind of demo was begun here and never came to its end. */
export const isUnfinished = (dir: string) => personasIn(dir)?.length === 0
