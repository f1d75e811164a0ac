import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { as, system } from '#server/core/desk.ts'
import { makeDemo } from '#server/demo/demo.ts'
import { fillWithDemo, openDesk, seeDemo } from '#server/desk/desk.ts'
import { linkTo, makeLink } from '#server/people/people.ts'
import { placeFor } from '#server/postgres/postgres.ts'
import type { Config } from './config.ts'
import { progressTo } from './progress.ts'
import type { Running } from './start.ts'

const Personas = z.array(z.object({ role: z.string(), personId: z.uuid(), name: z.string() }))

/** Fills a desk to be looked at, if it is new, and prints a link for each person one can look at it as. */
export async function prepareDemo({ desk, address }: Running, config: Config, say: (line: string) => void) {
  const { dir } = placeFor(config.data)
  const file = join(dir, 'personas.json')
  const { state } = await as(desk, system, seeDemo)
  if (state === 'none') {
    say('Making the demo organisation…')
    await as(desk, system, async (ctx) => {
      await openDesk(ctx, 'Service desk')
      await ctx.db.updateTable('setting').set({ demo: 'working' }).execute()
    })
    await writeFile(file, JSON.stringify(await fillWithDemo(desk, makeDemo, progressTo(process.stdout))), {
      mode: 0o600,
    })
  } else if (state !== 'ready' || !existsSync(file)) {
    throw new Error(`The demo was not finished when it was first made. Delete ${dir} and start again.`)
  }
  const personas = Personas.parse(JSON.parse(await readFile(file, 'utf8')))
  say(`\nSteward's demo is running at ${address}. Look at it as one of these; each link works once, for an hour:\n`)
  const widest = Math.max(...personas.map(({ role }) => role.length))
  const links = await as(desk, system, async (ctx) => {
    const made: string[] = []
    for (const { personId } of personas) made.push(linkTo(desk, await makeLink(ctx, 'sign-in', personId)))
    return made
  })
  for (const [at, { role, name }] of personas.entries()) say(`  ${role.padEnd(widest)}  ${name}: ${links[at]}`)
  say('\nThe next start with --demo prints new links.')
}
