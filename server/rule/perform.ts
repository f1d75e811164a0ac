import type { Ctx } from '#server/core/desk.ts'
import { Refusal } from '#server/core/refusal.ts'
import { assign, change } from '#server/incident/incident.ts'
import { happen, hold, writeNote } from '#server/item/item.ts'
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

async function doStep(ctx: Ctx, itemId: string, step: Then) {
  const held = await hold(ctx, itemId, 'incident')
  switch (step.do) {
    case 'assign-team': {
      await assign(ctx, held, { teamId: step.teamId })
      return `Assigned to ${await nameOf(ctx, 'team', step.teamId)}`
    }
    case 'assign-person': {
      await assign(ctx, held, { assigneeId: step.personId })
      return `Assigned to ${await nameOf(ctx, 'person', step.personId)}`
    }
    case 'set-impact': {
      await change(ctx, held, { impact: step.impact })
      return `Set impact to ${step.impact}`
    }
    case 'set-urgency': {
      await change(ctx, held, { urgency: step.urgency })
      return `Set urgency to ${step.urgency}`
    }
    case 'set-service': {
      await change(ctx, held, { serviceId: step.serviceId })
      return `Set the service to ${await nameOf(ctx, 'service', step.serviceId)}`
    }
    case 'add-tag': {
      const tags = [...new Set([...held.fields.tags, step.tag])]
      if (tags.length > held.fields.tags.length)
        await happen(ctx, held, { name: 'item.tagged', data: {}, set: { tags } })
      return `Tagged ${step.tag}`
    }
    case 'note': {
      await writeNote(ctx, held, step.body)
      return 'Wrote a note'
    }
  }
}

async function nameOf({ db }: Ctx, table: 'team' | 'person' | 'service', id: string) {
  const found = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst()
  return found?.name ?? 'nobody'
}
