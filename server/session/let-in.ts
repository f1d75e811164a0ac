import type { Ctx } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { setPassword, type Owner } from './password.ts'
import { startSession } from './start.ts'

/** Gives somebody a password, and signs them in. */
export async function letIn(ctx: Ctx, call: Call, owner: Owner, password: string) {
  await setPassword(ctx, owner, password)
  await startSession(ctx, call, owner.id)
}
