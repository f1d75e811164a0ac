import { as, system } from '#server/core/desk.ts'
import { deskName, makeDemo } from '#server/demo/demo.ts'
import { fillWithDemo, openDesk, seeDemo } from '#server/desk/desk.ts'
import { linkTo, makeLink } from '#server/people/people.ts'
import { placeFor } from '#server/postgres/postgres.ts'
import type { Config } from './config.ts'
import { beginDemo, keepPersonas, personasIn } from './demo-place.ts'
import { progressOn } from './progress.ts'
import type { Running } from './start.ts'

/** Fills a desk to be looked at, if it is new, and prints a link for each person one can look at it as. */
export async function prepareDemo({ desk, address }: Running, config: Config, say: (line: string) => void) {
  const { dir } = placeFor(config.data)
  const { state } = await as(desk, system, seeDemo)
  if (state === 'none') {
    say('Making the demo organisation…')
    beginDemo(dir)
    await as(desk, system, async (ctx) => {
      await openDesk(ctx, deskName)
      await ctx.db.updateTable('setting').set({ demo: 'working' }).execute()
    })
    keepPersonas(dir, await fillWithDemo(desk, makeDemo, progressOn(process.stdout)))
  }
  const personas = personasIn(dir)
  if (!personas) throw new Error(`There is a desk in ${dir} that is no demo. Name another folder by STEWARD_DATA.`)
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
