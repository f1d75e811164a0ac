import { z } from 'zod'
import { namesOf } from '#shared/access.ts'
import { Name } from '#shared/core/values.ts'
import { HoldReason, IncidentState, Level, Priority, ResolutionCode, Source } from '#shared/incident.ts'

/** What a column of a file can be: the fields of an incident, and who did what to it when. */
export const targets = {
  number: 'Number',
  title: 'Title',
  description: 'Description',
  state: 'State',
  impact: 'Impact',
  urgency: 'Urgency',
  priority: 'Priority',
  category: 'Category',
  configurationItem: 'Configuration item',
  source: 'Source',
  service: 'Service',
  team: 'Team',
  assignee: 'Assigned to',
  requester: 'Requester',
  requesterEmail: 'Requester’s e-mail',
  organisation: 'Organisation',
  openedAt: 'Opened',
  openedBy: 'Opened by',
  updatedAt: 'Updated',
  updatedBy: 'Updated by',
  resolvedAt: 'Resolved',
  resolvedBy: 'Resolved by',
  resolution: 'Resolution',
  resolutionNotes: 'Resolution notes',
  closedAt: 'Closed',
  reassignmentCount: 'Reassignments',
  reopenCount: 'Reopened',
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

export const Cell = z.object({ impact: Level, urgency: Level, priority: Priority })

/** A column that becomes a custom field of the record. */
export const CustomTo = z.object({
  column: Column,
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _; a letter first'),
  label: Name,
  type: z.enum(['text', 'number', 'boolean', 'time']),
})

const Zone = z
  .string()
  .max(60)
  .refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), 'Name a time zone')

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
      .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'Small letters, digits, - and _; a letter first')
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
