import { z } from 'zod'
import { namesOf } from '#shared/access.ts'
import { text } from '#shared/core/message.ts'
import { Name } from '#shared/core/values.ts'
import { HoldReason, IncidentState, Level, Priority, ResolutionCode, Source } from '#shared/incident.ts'
import { Cell } from '#shared/matrix.ts'

/** What a column of a file can be: the fields of an incident, and who did what to it when. */
export const targets = {
  number: text('Number'),
  title: text('Title'),
  description: text('Description'),
  state: text('State'),
  impact: text('Impact'),
  urgency: text('Urgency'),
  priority: text('Priority'),
  category: text('Category'),
  configurationItem: text('Configuration item'),
  source: text('Source'),
  service: text('Service'),
  team: text('Team'),
  assignee: text('Assigned to'),
  requester: text('Requester'),
  requesterEmail: text('Requester’s e-mail'),
  organisation: text('Organisation'),
  openedAt: text('Opened'),
  openedBy: text('Opened by'),
  updatedAt: text('Updated'),
  updatedBy: text('Updated by'),
  resolvedAt: text('Resolved'),
  resolvedBy: text('Resolved by'),
  resolution: text('Resolution'),
  resolutionNotes: text('Resolution notes'),
  closedAt: text('Closed'),
  reassignmentCount: text('Reassignments'),
  reopenCount: text('Reopened'),
} as const
export type Target = keyof typeof targets

const Column = z.string().max(200)
const Word = z.string().max(200)
const words = <T extends z.ZodType>(to: T) => z.record(Word, to)

/** How days are written: year, month or day first. */
export const DateOrder = z.enum(['ymd', 'mdy', 'dmy'])
export type DateOrder = z.infer<typeof DateOrder>

/** A state of the source as one of ours; none where the source does not know, and the record stays as it was. */
export const StateTo = z.object({ state: IncidentState, holdReason: HoldReason.nullable() }).nullable()

/** A column that becomes a custom field of the record. */
export const CustomTo = z.object({
  column: Column,
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, text('Small letters, digits and _; a letter first')),
  label: Name,
  type: z.enum(['text', 'number', 'boolean', 'time']),
})

const Zone = z
  .string()
  .max(60)
  .refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), text('Name a time zone'))

/** All that is needed to read a file as incidents, learned from it and confirmed by a person; it can be kept. */
export const Mapping = z
  .object({
    rows: z
      .enum(['updates', 'records'])
      .meta({ description: 'Whether a row is one update of a record, or a record as it now is' }),
    order: z
      .enum(['as-written', 'newest-first', 'by-time'])
      .meta({ description: 'In which order the updates of one record stand in the file' }),
    system: z
      .string()
      .regex(/^[a-z][a-z0-9_-]{0,39}$/, text('Small letters, digits, - and _; a letter first'))
      .meta({ description: 'Where the records come from: the same number of the same system is the same record' }),
    organisation: Name.meta({ description: 'Whose the records and new people are where no column says so' }),
    zone: Zone.meta({ description: 'The time zone of times that name none' }),
    dates: DateOrder,
    unknown: z.array(Word).max(50).meta({ description: 'What stands where the source does not know' }),
    columns: z.partialRecord(z.enum(namesOf(targets)), Column),
    titleFrom: z.array(Column).max(5).meta({ description: 'The columns that make a title where none holds one' }),
    states: words(StateTo),
    impacts: words(Level),
    urgencies: words(Level),
    priorities: words(Priority),
    sources: words(Source),
    resolutions: words(ResolutionCode),
    custom: z.array(CustomTo).max(60),
    matrix: z.array(Cell).max(9).meta({ description: 'The priority of each impact and urgency, as the file has it' }),
  })
  .meta({ id: 'ImportMapping' })
export type Mapping = z.infer<typeof Mapping>
