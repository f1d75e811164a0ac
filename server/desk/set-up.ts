import { as, bySystem, system, type Args, type Ctx, type Desk, type Job } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { enqueue } from '#server/core/jobs.ts'
import { conflict } from '#server/core/refusal.ts'
import {
  addStartingRoles,
  createOrganisation,
  createPerson,
  holdLink,
  makeLink,
  setUpLinkTo,
  spendLink,
} from '#server/people/people.ts'
import type { setUp } from '#shared/desk.ts'
import type { Beside } from './beside.ts'

/** The link that sets a new desk up, made anew; null once that has been done. */
export function prepareSetUp(desk: Desk): Promise<string | null> {
  return as(desk, system, async (ctx) => {
    if (await isSetUp(ctx)) return null
    return setUpLinkTo(desk, await makeLink(ctx, 'set-up', null))
  })
}

export async function seeSetUp({ db }: Ctx) {
  const { deskName, setUpAt } = await db.selectFrom('setting').select(['deskName', 'setUpAt']).executeTakeFirstOrThrow()
  return { done: setUpAt !== null, name: deskName }
}

/** Makes the desk's first administrator, whoever holds the link that its first start printed, and signs them in. */
export const setUpWith = (letIn: Beside['letIn'], demo: Job) => (ctx: Ctx, input: Args<typeof setUp>, call: Call) =>
  bySystem(ctx, async (asDesk) => {
    const link = await holdLink(asDesk, input.token)
    if (link.purpose !== 'set-up' || (await isSetUp(asDesk))) throw conflict('The desk has been set up already')
    const { name, email, password } = input
    const { roles } = await openDesk(asDesk, input.deskName)
    const organisation = await createOrganisation(asDesk, { name: input.organisation })
    const roleIds = [roles.get('administrator')!]
    const id = await createPerson(asDesk, { name, email, organisationId: organisation.id, roleIds })
    await spendLink(asDesk, link.id)
    if (input.start === 'demo') await orderDemo(asDesk, demo)
    await letIn(asDesk, call, { id, name, email }, password)
    return { outcome: 'signed-in' } as const
  })

async function isSetUp({ db }: Ctx) {
  const { setUpAt } = await db.selectFrom('setting').select('setUpAt').forUpdate().executeTakeFirstOrThrow()
  return setUpAt !== null
}

/** Gives a new desk its name and its starting roles; with that, it is set up. */
export async function openDesk(ctx: Ctx, deskName: string) {
  await ctx.db.updateTable('setting').set({ deskName, setUpAt: ctx.now }).execute()
  return { roles: await addStartingRoles(ctx) }
}

async function orderDemo(ctx: Ctx, demo: Job) {
  await ctx.db.updateTable('setting').set({ demo: 'working' }).execute()
  await enqueue(ctx, demo, {})
}
