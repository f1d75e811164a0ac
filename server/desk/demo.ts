import { z } from 'zod'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import type { MakeDemo, Persona } from './beside.ts'

type State = 'none' | 'working' | 'ready' | 'failed'

export async function seeDemo({ db }: Ctx) {
  const {
    demo: state,
    demoDone,
    demoTotal,
  } = await db.selectFrom('setting').select(['demo', 'demoDone', 'demoTotal']).executeTakeFirstOrThrow()
  return { state, done: demoDone, total: demoTotal }
}

/** Makes the demo organisation while somebody watches. Half of one is never added to: it is told that it failed. */
export const demoBy = (make: MakeDemo) =>
  job({
    name: 'desk.demo',
    input: z.object({}),
    async run(desk) {
      const { state, done } = await as(desk, system, seeDemo)
      if (state !== 'working') return
      if (done > 0) await mark(desk, 'failed')
      else await fillWithDemo(desk, make)
    },
  })

/** The same at once, for a desk that is started to be looked at. */
export async function fillWithDemo(
  desk: Desk,
  make: MakeDemo,
  draw: (done: number, total: number) => void = () => {},
): Promise<readonly Persona[]> {
  try {
    const { personas } = await make(desk, {
      async progress(done, total) {
        draw(done, total)
        await as(desk, system, ({ db }) =>
          db.updateTable('setting').set({ demoDone: done, demoTotal: total }).execute(),
        )
      },
    })
    await mark(desk, 'ready')
    return personas
  } catch (error) {
    await mark(desk, 'failed')
    throw error
  }
}

async function mark(desk: Desk, state: State) {
  await as(desk, system, ({ db }) => db.updateTable('setting').set({ demo: state }).execute())
}
