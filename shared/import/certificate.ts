import { z } from 'zod'
import { Time } from '#shared/core/values.ts'
import { Level, Priority } from '#shared/incident.ts'

/** A row that could not be taken, and why. Lines are counted as an editor counts them; the head is line 1. */
export const Rejected = z.object({ line: z.int(), reason: z.string() })

/** One thing that was read back from the desk and held against the file. */
const Check = z.object({
  name: z.string(),
  about: z.string(),
  equal: z.int(),
  of: z.int(),
  explained: z.array(z.object({ record: z.string(), why: z.string() })),
})

/** What an import proves of itself: what was in the file, what the desk has of it now, and what is not the same. */
export const Certificate = z
  .object({
    file: z.object({ name: z.string(), sha256: z.string(), size: z.int(), charset: z.string(), rows: z.int() }),
    system: z.string(),
    from: Time.nullable(),
    to: Time.nullable(),
    incidents: z.int(),
    events: z.int().meta({ description: 'Updates of the source that are in the history of the records' }),
    people: z.int(),
    teams: z.int(),
    added: z
      .object({ incidents: z.int(), events: z.int(), people: z.int(), teams: z.int(), organisations: z.int() })
      .extend({ services: z.int(), fields: z.int() })
      .meta({ description: 'What this very import added; nothing where all of it was there' }),
    rejectedCount: z.int(),
    rejected: z.array(Rejected).meta({ description: 'The first of the rows that were not taken' }),
    checks: z.array(Check),
    hashes: z
      .object({ source: z.string(), result: z.string(), equal: z.boolean() })
      .meta({ description: 'SHA-256 over every mapped value of every row, once from the file, once from the history' }),
    figures: z.record(z.string(), z.number().nullable()),
    mapped: z.array(z.object({ column: z.string(), to: z.string() })),
    lost: z.array(z.object({ column: z.string(), why: z.string() })),
    renumbered: z.array(z.object({ was: z.string(), is: z.string() })),
    matrix: z.array(
      z.object({ impact: Level, urgency: Level, priority: Priority, desk: Priority, rows: z.int(), others: z.int() }),
    ),
    seconds: z.number(),
  })
  .meta({ id: 'ImportCertificate' })
export type Certificate = z.infer<typeof Certificate>
