import { z } from 'zod'
import { as, system, type Ctx, type Desk } from './desk.ts'
import { job } from './jobs.ts'

const day = 86_400_000

/** Removes the files that nobody needs: uploads that broke off, attachments taken away, exports that are over. */
export const sweepFiles = job({
  name: 'files.sweep',
  input: z.object({}),
  cron: '17 3 * * *',
  run: async (desk) =>
    void (await desk.ports.files.sweep(new Date(Date.now() - day), (sha256s) =>
      as(desk, system, (ctx) => neededOf(ctx, desk, sha256s), { access: 'read only' }),
    )),
})

async function neededOf(ctx: Ctx, { keepFiles }: Desk, sha256s: readonly string[]) {
  const needed = new Set<string>()
  if (sha256s.length === 0) return needed
  for (const keep of keepFiles) for (const sha256 of await keep(ctx, sha256s)) needed.add(sha256)
  return needed
}
