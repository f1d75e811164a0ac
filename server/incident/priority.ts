import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import type * as api from '#shared/matrix.ts'

/** The priority that the matrix gives to an impact and an urgency. */
export async function priorityOf({ db }: Ctx, impact: number, urgency: number) {
  const { priority } = await db
    .selectFrom('priorityRule')
    .select('priority')
    .where('impact', '=', impact)
    .where('urgency', '=', urgency)
    .executeTakeFirstOrThrow()
  return priority
}

export function getPriorityMatrix({ db }: Ctx) {
  return db
    .selectFrom('priorityRule')
    .select(['impact', 'urgency', 'priority'])
    .orderBy('impact')
    .orderBy('urgency')
    .execute()
}

export async function setPriorityMatrix(ctx: Ctx, { cells }: Args<typeof api.setPriorityMatrix>) {
  const given = new Set(cells.map(({ impact, urgency }) => `${impact}×${urgency}`))
  if (given.size < 9) throw invalid({ cells: 'Give each impact and urgency once' })
  for (const { impact, urgency, priority } of cells) {
    await ctx.db
      .updateTable('priorityRule')
      .set({ priority })
      .where('impact', '=', impact)
      .where('urgency', '=', urgency)
      .execute()
  }
  return getPriorityMatrix(ctx)
}
