import { DatabaseError } from 'pg'
import { camel } from './case.ts'

const status = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  reused_key: 422,
  too_many: 429,
  read_only: 503,
} as const

/** What two people wrote into the same field: both values, and who was first. */
export interface Clash {
  readonly field: string
  readonly yours: unknown
  readonly theirs: unknown
  readonly by: string
  readonly at: string
}

/** The one error that is an answer, not a bug: thrown anywhere, told to the caller as problem+json. */
export class Refusal extends Error {
  readonly reason: keyof typeof status
  readonly fields: Readonly<Record<string, string>>
  readonly clashes: readonly Clash[]
  readonly retryAfter: number | null

  constructor(
    reason: keyof typeof status,
    message: string,
    more: { fields?: Record<string, string>; clashes?: readonly Clash[]; retryAfter?: number } = {},
  ) {
    super(message)
    this.reason = reason
    this.fields = more.fields ?? {}
    this.clashes = more.clashes ?? []
    this.retryAfter = more.retryAfter ?? null
  }

  get status() {
    return status[this.reason]
  }
}

export const notFound = (what: string) => new Refusal('not_found', `There is no such ${what}`)
export const conflict = (message: string) => new Refusal('conflict', message)
export const forbidden = (message: string) => new Refusal('forbidden', message)
export const invalid = (fields: Record<string, string>) =>
  new Refusal('invalid', Object.values(fields)[0] ?? 'Some of this is not right', { fields })

/** What a constraint that people may run into says to them, and of which field. */
const constraints: Record<string, readonly [field: string, message: string]> = {
  organisation_name_key: ['name', 'There is an organisation of that name'],
  organisation_domain_key: ['domain', 'Another organisation has that domain'],
  person_email_key: ['email', 'Another person has that address'],
  role_key_key: ['name', 'There is a role of that name'],
  role_name_key: ['name', 'There is a role of that name'],
  team_name_key: ['name', 'There is a team of that name'],
  service_name_key: ['name', 'There is a service of that name'],
  custom_field_name_key: ['name', 'There is a field of that name'],
  link_once: ['to', 'They are linked in that way already'],
  template_name_key: ['name', 'There is one of that name'],
  source_name_key: ['name', 'There is a source of that name'],
  calendar_name_key: ['name', 'There is a calendar of that name'],
  survey_name_key: ['name', 'There is a survey of that name'],
  sla_definition_name_key: ['name', 'There is a definition of that name'],
  a_team_view_names_its_team: ['teamId', 'Name the team to share it with'],
}

/** A database error that is the caller's to mend, as the refusal that tells them; anything else stays a bug. */
export function refusalFor(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error
  const known = constraints[error.constraint ?? '']
  if (known) return new Refusal('conflict', known[1], { fields: { [known[0]]: known[1] } })
  return codes[error.code ?? '']?.(error) ?? error
}

const codes: Readonly<Record<string, (error: DatabaseError) => Refusal | undefined>> = {
  '23503': foreignKey,
  '42501': ({ message }) =>
    message.includes('row-level security') ? forbidden('That is beyond what you may see') : undefined,
  '22P05': () => new Refusal('invalid', 'The text holds characters that cannot be stored'),
  '22021': () => new Refusal('invalid', 'The text holds characters that cannot be stored'),
  '53100': () => new Refusal('read_only', 'The disk is full; nothing was changed', { retryAfter: 60 }),
  '57014': () => new Refusal('too_many', 'That took too long and was stopped', { retryAfter: 5 }),
}

function foreignKey({ constraint = '', table = '' }: DatabaseError) {
  const column = constraint.startsWith(`${table}_`) ? constraint.slice(table.length) : constraint
  const field = /_(\w+?)_id_fkey$/.exec(column)?.[1] ?? 'id'
  return new Refusal('invalid', `There is no such ${field.replaceAll('_', ' ')}`, {
    fields: { [`${camel(field)}Id`]: `There is no such ${field.replaceAll('_', ' ')}` },
  })
}

/** Whether a transaction only lost against another one, and may be tried again as it is. */
export function wrongTransaction(error: unknown) {
  return error instanceof DatabaseError && (error.code === '40001' || error.code === '40P01')
}
