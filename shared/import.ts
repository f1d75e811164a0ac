import { z } from 'zod'
import { Done, Id, Name, PersonRef, Time } from '#shared/core/values.ts'
import { endpoint } from '#shared/core/endpoint.ts'
import { Certificate } from '#shared/import/certificate.ts'
import { Mapping } from '#shared/import/mapping.ts'

/** The largest file that can be uploaded, in bytes. */
export const largestImport = 256 * 1024 * 1024

/** The most that is said of one column's values. */
const mostValues = 200

/** What was found in a column: how full it is, and its values where they are few. */
export const ColumnProfile = z.object({
  name: z.string(),
  filled: z.int(),
  distinct: z.int().nullable().meta({ description: 'Null where there are too many to count' }),
  values: z.array(z.object({ value: z.string(), rows: z.int() })).max(mostValues),
  looks: z.enum(['empty', 'text', 'number', 'boolean', 'time']),
})

/** What was recognised in a file before anything was taken from it. */
export const Recognised = z.object({
  type: z.enum(['csv', 'xlsx']),
  charset: z.string(),
  delimiter: z.string(),
  rows: z.int(),
  columns: z.array(ColumnProfile),
  warnings: z.array(z.string()),
  /** The cell that the file cannot decide: which of the day and the month stands first. */
  datesUnsure: z.boolean(),
})
export type Recognised = z.infer<typeof Recognised>

export const ImportState = z.enum(['reading', 'ready', 'waiting', 'working', 'done', 'failed', 'cancelled'])
export type ImportState = z.infer<typeof ImportState>

const ImportRun = z
  .object({
    id: Id,
    fileName: z.string(),
    size: z.int(),
    system: z.string().nullable(),
    by: PersonRef.nullable().meta({ description: 'Nobody when it was the command line' }),
    state: ImportState,
    step: z.enum(['read', 'write', 'check']).nullable(),
    share: z.number().min(0).max(1).meta({ description: 'How much of the whole work is done' }),
    secondsLeft: z.number().nullable(),
    error: z.string().nullable(),
    records: z.int().nullable(),
    rejectedCount: z.int(),
    createdAt: Time,
    endedAt: Time.nullable(),
  })
  .meta({ id: 'ImportRun' })
export type ImportRun = z.infer<typeof ImportRun>

/** A row of the file as it would become, or why it would not. */
const Previewed = z.object({
  line: z.int(),
  problem: z.string().nullable(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
})

export const ImportDetail = ImportRun.extend({
  recognised: Recognised.nullable(),
  mapping: Mapping.nullable(),
  preview: z.array(Previewed),
  wrong: z.array(z.string()).meta({ description: 'What the mapping still lacks; nothing can start with it' }),
  certificate: Certificate.nullable(),
}).meta({ id: 'ImportDetail' })
export type ImportDetail = z.infer<typeof ImportDetail>

const may = 'import.manage'

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  may,
  summary: 'List the imports of the last year, newest first',
  input: z.object({}),
  output: z.array(ImportRun),
})

export const getImport = endpoint({
  method: 'GET',
  path: '/imports/:id',
  may,
  summary: 'Get an import: what was recognised, how far it is, and its certificate',
  input: z.object({ id: Id }),
  output: ImportDetail,
})

export const mapImport = endpoint({
  method: 'PUT',
  path: '/imports/:id/mapping',
  may,
  summary: 'Say how the columns and values of a file are to be read',
  input: z.object({ id: Id, mapping: Mapping }),
  output: ImportDetail,
})

export const startImport = endpoint({
  method: 'POST',
  path: '/imports/:id/start',
  may,
  summary: 'Start an import with its mapping, or go on with one that was stopped',
  input: z.object({
    id: Id,
    adoptMatrix: z
      .boolean()
      .default(false)
      .meta({ description: 'Let the desk use the priorities of the file from now on' }),
  }),
  output: ImportDetail,
})

export const cancelImport = endpoint({
  method: 'POST',
  path: '/imports/:id/cancellation',
  may,
  summary: 'Stop an import; what it has written stays, and it can go on later',
  input: z.object({ id: Id }),
  output: ImportDetail,
})

export const removeImport = endpoint({
  method: 'DELETE',
  path: '/imports/:id',
  may,
  summary: 'Forget an import that has not begun',
  input: z.object({ id: Id }),
  output: Done,
})

const SavedMapping = z.object({ id: Id, name: z.string(), mapping: Mapping }).meta({ id: 'SavedImportMapping' })

export const listImportMappings = endpoint({
  method: 'GET',
  path: '/import-mappings',
  may,
  summary: 'List the saved mappings',
  input: z.object({}),
  output: z.array(SavedMapping),
})

export const saveImportMapping = endpoint({
  method: 'POST',
  path: '/import-mappings',
  may,
  summary: 'Save a mapping under a name; one of the same name is replaced',
  input: z.object({ name: Name, mapping: Mapping }),
  output: SavedMapping,
})

export const removeImportMapping = endpoint({
  method: 'DELETE',
  path: '/import-mappings/:id',
  may,
  summary: 'Remove a saved mapping',
  input: z.object({ id: Id }),
  output: Done,
})
