import type { Ctx } from '#server/core/desk.ts'
import { Refusal } from '#server/core/refusal.ts'
import { assign, change } from '#server/incident/incident.ts'
import { happen, hold, writeNote, type Held } from '#server/item/item.ts'
import type { Then } from '#shared/rule.ts'

/** Does one step of a rule and tells in words what came of it; a step that is refused is told too, and undoes nothing. */
export async function perform(ctx: Ctx, itemId: string, step: Then): Promise<string> {
  try {
    return await doStep(ctx, itemId, step)
  } catch (error) {
    if (error instanceof Refusal) return `Could not ${step.do.replace('-', ' ')}: ${error.message}`
    throw error
  }
}

type Steps = {
  readonly [D in Then['do']]: (ctx: Ctx, held: Held<'incident'>, step: Extract<Then, { do: D }>) => Promise<string>
}

const steps: Steps = {
  async 'assign-team'(ctx, held, { teamId }) {
    await assign(ctx, held, { teamId })
    return `Assigned to ${await nameOf(ctx, 'team', teamId)}`
  },
  async 'assign-person'(ctx, held, { personId }) {
    await assign(ctx, held, { assigneeId: personId })
    return `Assigned to ${await nameOf(ctx, 'person', personId)}`
  },
  async 'set-impact'(ctx, held, { impact }) {
    await change(ctx, held, { impact })
    return `Set impact to ${impact}`
  },
  async 'set-urgency'(ctx, held, { urgency }) {
    await change(ctx, held, { urgency })
    return `Set urgency to ${urgency}`
  },
  async 'set-service'(ctx, held, { serviceId }) {
    await change(ctx, held, { serviceId })
    return `Set the service to ${await nameOf(ctx, 'service', serviceId)}`
  },
  async 'add-tag'(ctx, held, { tag }) {
    const tags = [...new Set([...held.fields.tags, tag])]
    if (tags.length > held.fields.tags.length) await happen(ctx, held, { name: 'item.tagged', data: {}, set: { tags } })
    return `Tagged ${tag}`
  },
  async note(ctx, held, { body }) {
    await writeNote(ctx, held, body)
    return 'Wrote a note'
  },
}

async function doStep(ctx: Ctx, itemId: string, step: Then) {
  const take: (ctx: Ctx, held: Held<'incident'>, step: never) => Promise<string> = steps[step.do]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each step lies under its own name
  return take(ctx, await hold(ctx, itemId, 'incident'), step as never)
}

async function nameOf({ db }: Ctx, table: 'team' | 'person' | 'service', id: string) {
  const found = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst()
  return found?.name ?? 'nobody'
}
