import { sql } from 'kysely'
import { z } from 'zod'
import { as, system } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'

/** Once a day, makes the partitions of the months to come, so that a desk that is never stopped has them too. */
export const makePartitions = job({
  name: 'item.make-partitions',
  input: z.object({}),
  cron: '20 3 * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      await sql`select app.make_partitions(${now.slice(0, 10)}::date, 3)`.execute(db)
    }),
})
