import type { Ctx } from '#server/core/desk.ts'
import { isSettled, type Ground } from './ground.ts'
import type { Source } from './source.ts'

/** What an answer stands on, for whoever wants to ask the same again. */
export function toldOf(ctx: Ctx, ground: Ground, { because }: Source) {
  const { asOf, zone, now } = ground
  return { asOf, zone, ...now, settled: isSettled(ctx, ground), lasting: because === null, because }
}
