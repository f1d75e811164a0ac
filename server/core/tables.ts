// Printed from the database by `node scripts/printed.ts --write`. Change a migration, not this.
import type { Generated } from 'kysely'

export interface AlertTable {
  id: string
  sourceId: string
  fingerprint: string
  status: 'firing' | 'resolved'
  itemId: string | null
  labels: object
  annotations: object
  startedAt: string
  firstSeenAt: string
  lastSeenAt: string
  signals: number
  resolvedAt: string | null
}

export interface AttachmentTable {
  id: string
  itemId: string
  name: string
  type: string
  size: number
  sha256: string
  internal: boolean
  state: 'ready' | 'quarantined'
  byId: string
  createdAt: string
}

export interface AuditTable {
  id: Generated<number>
  table: string
  rowId: string
  act: 'insert' | 'update' | 'delete'
  before: object | null
  after: object | null
  byId: string | null
  at: Generated<string>
}

export interface BulkTable {
  id: string
  personId: string
  channel: 'web' | 'api'
  permissions: string[]
  kind: string
  verb: string
  input: object
  label: string
  state: 'working' | 'done' | 'cancelled' | 'undoing' | 'undone'
  createdAt: string
  beatAt: string
  endedAt: string | null
}

export interface BulkRecordTable {
  bulkId: string
  itemId: string
  state: Generated<'waiting' | 'changed' | 'same' | 'refused' | 'undone' | 'kept'>
  reason: string | null
  did: object | null
}

export interface CalendarTable {
  id: string
  name: string
  retired: Generated<boolean>
  version: number
}

export interface CalendarUseTable {
  id: string
  revision: number
  organisationId: string | null
  teamId: string | null
  personId: string | null
  calendarId: string | null
}

export interface CalendarVersionTable {
  id: string
  calendarId: string
  version: number
  revision: number
  zone: string
  week: object
  days: object
  holidays: object | null
}

export interface ClockTable {
  id: string
  itemId: string
  definitionId: string
  definitionVersion: number
  revision: number
  kind: 'sla' | 'ola' | 'contract'
  target: 'response' | 'resolution' | 'other'
  state: 'running' | 'paused' | 'stopped' | 'cancelled'
  attachedAt: string
  startedAt: string
  paused: boolean
  stoppedAt: string | null
  cancelledAt: string | null
  breachedAt: string | null
  dueAt: string | null
  originalDueAt: string | null
  targetMs: number | null
  businessMs: number
  elapsedMs: number
  asOf: string
  seenSeq: number
  knownAt: string
  told: Generated<number>
  quietUntil: string | null
  wakeAt: string | null
  pausedBusinessMs: number
}

export interface ClockPastTable {
  id: string
  itemId: string
  definitionId: string
  definitionVersion: number
  revision: number
  kind: 'sla' | 'ola' | 'contract'
  target: 'response' | 'resolution' | 'other'
  state: 'running' | 'paused' | 'stopped' | 'cancelled'
  attachedAt: string
  startedAt: string
  paused: boolean
  stoppedAt: string | null
  cancelledAt: string | null
  breachedAt: string | null
  dueAt: string | null
  originalDueAt: string | null
  targetMs: number | null
  businessMs: number
  elapsedMs: number
  asOf: string
  seenSeq: number
  knownAt: string
  until: string
  pausedBusinessMs: number
}

export interface CommentTable {
  id: string
  itemId: string
  authorId: string
  body: string
  channel: string
  createdAt: string
}

export interface CredentialTable {
  personId: string
  password: string | null
  passwordAt: string | null
  totpSecret: string | null
  totpConfirmed: Generated<boolean>
  totpLastStep: Generated<number>
  recoveryCodes: Generated<string[]>
}

export interface CustomFieldTable {
  id: string
  kind: string
  name: string
  label: string
  type: 'text' | 'number' | 'boolean' | 'time' | 'choice'
  options: Generated<string[]>
  required: Generated<boolean>
  shownToRequesters: Generated<boolean>
  position: Generated<number>
  retired: Generated<boolean>
}

export interface DeskKeyTable {
  name: string
  value: Buffer
}

export interface DraftTable {
  personId: string
  itemId: string
  mode: 'reply' | 'note'
  body: string
  version: number
  savedAt: string
}

export interface EpochTable {
  id: Generated<boolean>
  number: Generated<number>
}

export interface EventTable {
  id: Generated<number>
  itemId: string
  seq: number
  name: string
  data: object
  changes: object
  internal: boolean
  actorId: string | null
  channel: 'web' | 'api' | 'email' | 'alert' | 'import' | 'system' | 'cli' | 'link'
  at: string
  recordedAt: string
  txid: Generated<string>
  prev: Buffer
  hash: Buffer
}

export interface ExportTable {
  id: string
  personId: string
  kind: string
  filter: string
  sort: string
  fields: string[]
  format: 'csv' | 'xlsx'
  state: 'waiting' | 'working' | 'ready' | 'failed'
  done: Generated<number>
  total: number | null
  file: string | null
  error: string | null
  createdAt: string
}

export interface FailedSignInTable {
  email: string
  address: string
  count: number
  lastAt: string
}

export interface FigureAnswerTable {
  key: Buffer
  asks: string
  personId: string
  question: object
  answer: object
  countedAt: string
  askedAt: string | null
}

export interface GuestLinkTable {
  id: string
  itemId: string
  personId: string
  hash: Buffer
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
  onlyLook: Generated<boolean>
}

export interface IdempotencyTable {
  actorId: string
  key: string
  request: Buffer
  answer: object
  at: string
}

export interface ImportMappingTable {
  id: string
  name: string
  mapping: object
  createdAt: string
}

export interface ImportRejectedTable {
  runId: string
  line: number
  reason: string
  cells: string[] | null
}

export interface ImportRowTable {
  runId: string
  key: string
  line: number
  cells: string
}

export interface ImportRunTable {
  id: string
  fileName: string
  file: string
  size: number
  personId: string | null
  state: 'reading' | 'ready' | 'waiting' | 'working' | 'done' | 'failed' | 'cancelled'
  step: 'read' | 'write' | 'check' | null
  done: Generated<number>
  total: Generated<number>
  lastKey: Generated<string>
  attempt: Generated<number>
  beatAt: string | null
  stepAt: string | null
  recognised: object | null
  sample: object | null
  mapping: object | null
  adoptMatrix: Generated<boolean>
  added: Generated<object>
  certificate: object | null
  error: string | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

export interface ImportSourceTable {
  system: string
  what: 'incident' | 'person' | 'team' | 'organisation' | 'service'
  key: string
  itemId: string | null
  personId: string | null
  teamId: string | null
  organisationId: string | null
  serviceId: string | null
  rows: Generated<Buffer>
}

export interface IncidentTable {
  id: string
  description: Generated<string>
  impact: number
  urgency: number
  priorityReason: string | null
  source: 'portal' | 'phone' | 'email' | 'walk_up' | 'chat' | 'api' | 'alert'
  contactId: string | null
  callback: string | null
  category: string | null
  configurationItem: string | null
  holdReason: 'caller' | 'change' | 'problem' | 'vendor' | 'evidence' | null
  major: Generated<boolean>
  parentId: string | null
  reassignmentCount: Generated<number>
  reopenCount: Generated<number>
  openedById: string | null
  resolutionCode: 'fixed' | 'workaround' | 'no_fault' | 'not_reproducible' | 'by_caller' | 'duplicate' | null
  resolutionNotes: string | null
  closeCategory: string | null
  resolvedAt: string | null
  resolvedById: string | null
  closedAt: string | null
}

export interface IncidentFactTable {
  itemId: string
  recordedAt: string
  state: string
  priority: number
  organisationId: string
  serviceId: string | null
  teamId: string | null
  assigneeId: string | null
  requesterId: string
  confidential: boolean
  category: string | null
  source: string
  major: boolean
  openedById: string | null
  resolvedById: string | null
  openedAt: string
  acknowledgedAt: string | null
  assignedAt: string | null
  resolvedAt: string | null
  closedAt: string | null
  endedAt: string | null
  waitingSince: string | null
  waitingMs: number
  waits: number
  groupChanges: number
  handChanges: number
  resolutions: unknown
  endings: unknown
  reopenings: unknown
}

export interface IncidentFactMissingTable {
  itemId: string
}

export interface IncidentFactPastTable {
  itemId: string
  recordedAt: string
  state: string
  priority: number
  organisationId: string
  serviceId: string | null
  teamId: string | null
  assigneeId: string | null
  requesterId: string
  confidential: boolean
  category: string | null
  source: string
  major: boolean
  openedById: string | null
  resolvedById: string | null
  openedAt: string
  acknowledgedAt: string | null
  assignedAt: string | null
  resolvedAt: string | null
  closedAt: string | null
  endedAt: string | null
  waitingSince: string | null
  waitingMs: number
  waits: number
  groupChanges: number
  handChanges: number
  resolutions: unknown
  endings: unknown
  reopenings: unknown
  until: string
}

export interface IncidentStepTable {
  itemId: string
  seq: number
  at: string
  recordedAt: string
  state: string
  teamId: string | null
}

export interface ItemTable {
  id: string
  kind: string
  number: string
  title: string
  state: string
  phase: 'open' | 'waiting' | 'done'
  priority: number | null
  dueAt: string | null
  organisationId: string
  serviceId: string | null
  teamId: string | null
  assigneeId: string | null
  requesterId: string
  confidential: Generated<boolean>
  tags: Generated<string[]>
  custom: Generated<object>
  createdAt: string
  updatedAt: string
  version: number
  head: Buffer
}

export interface KindStateTable {
  kind: string
  state: string
  phase: 'open' | 'waiting' | 'done'
}

export interface LinkTable {
  id: string
  type: 'relates' | 'duplicates' | 'causes' | 'blocks' | 'follows'
  fromId: string
  toId: string
}

export interface MemberTable {
  teamId: string
  personId: string
  lead: Generated<boolean>
}

export interface NoteTable {
  id: string
  itemId: string
  authorId: string | null
  body: string
  channel: string
  createdAt: string
}

export interface OneTimeLinkTable {
  id: string
  personId: string | null
  purpose: 'set-up' | 'invitation' | 'reset' | 'sign-in'
  hash: Buffer
  createdAt: string
  expiresAt: string
  usedAt: string | null
}

export interface OrganisationTable {
  id: string
  name: string
  domain: string | null
  retired: Generated<boolean>
}

export interface OutgoingMailTable {
  id: string
  messageId: string
  recipient: string
  subject: string
  body: string
  state: 'waiting' | 'sent' | 'failed'
  error: string | null
  createdAt: string
  sentAt: string | null
}

export interface PersonTable {
  id: string
  name: string
  email: string
  jobTitle: string | null
  phone: string | null
  organisationId: string
  managerId: string | null
  zone: Generated<string>
  vip: Generated<boolean>
  active: Generated<boolean>
  audience: 'staff' | 'requester'
  createdAt: string
  lastSeenAt: string | null
  language: 'en' | 'de' | null
}

export interface PersonRoleTable {
  personId: string
  roleId: string
}

export interface PresenceTable {
  personId: string
  page: string
  itemId: string
  doing: 'looking' | 'noting' | 'replying'
  seenAt: string
}

export interface PriorityRuleTable {
  id: Generated<string>
  impact: number
  urgency: number
  priority: number
}

export interface RoleTable {
  id: string
  key: string
  name: string
  audience: 'staff' | 'requester'
  permissions: string[]
}

export interface RuleTable {
  id: string
  position: number
  name: string
  kind: string
  on: 'opened' | 'changed' | 'assigned' | 'commented' | 'reopened'
  filter: string
  then: object
  stop: boolean
  active: boolean
}

export interface RuleTraceTable {
  itemId: string
  seq: number
  at: string
  tried: object
}

export interface SealTable {
  id: number
  fromTxid: string
  toTxid: string
  events: number
  root: Buffer
  prev: Buffer
  hash: Buffer
  at: string
}

export interface SearchDocumentTable {
  itemId: string
  words: string
  document: string
  internal: Generated<string>
}

export interface SearchLearnedTable {
  eventId: number
}

export interface SearchWordTable {
  word: string
}

export interface ServiceTable {
  id: string
  name: string
  description: Generated<string>
  tier: Generated<number>
  teamId: string | null
  ownerId: string | null
  retired: Generated<boolean>
}

export interface SessionTable {
  id: string
  personId: string
  hash: Buffer
  agent: string
  address: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
}

export interface SettingTable {
  id: Generated<boolean>
  deskName: Generated<string>
  setUpAt: string | null
  reopenDays: Generated<number>
  autoCloseDays: Generated<number>
  bounceLimit: Generated<number>
  demo: Generated<'none' | 'working' | 'ready' | 'failed'>
  demoDone: Generated<number>
  demoTotal: Generated<number>
}

export interface SignalTable {
  id: Generated<number>
  sourceId: string
  alertId: string
  status: 'firing' | 'resolved'
  labels: object
  annotations: object
  startedAt: string
  receivedAt: string
}

export interface SlaDefinitionTable {
  id: string
  name: string
  kind: string
  type: 'sla' | 'ola' | 'contract'
  target: 'response' | 'resolution' | 'other'
  createdAt: string
  retiredAt: string | null
}

export interface SlaVersionTable {
  id: string
  definitionId: string
  version: number
  startsAt: string
  terms: object
}

export interface SourceTable {
  id: string
  type: 'alertmanager'
  name: string
  token: Buffer
  personId: string
  active: Generated<boolean>
  createdAt: string
  lastSeenAt: string | null
}

export interface SurveyTable {
  id: string
  name: string
  question: string
  kind: string
  on: 'resolved' | 'closed'
  filter: string
  delayHours: number
  share: number
  restDays: number
  openDays: number
  active: Generated<boolean>
  createdAt: string
}

export interface SurveyAskTable {
  id: string
  surveyId: string
  itemId: string
  personId: string
  question: string
  askedAt: string
  closesAt: string
  score: number | null
  comment: string | null
  answeredAt: string | null
  changedAt: string | null
}

export interface TaskTable {
  id: string
  itemId: string
  title: string
  mandatory: boolean
  assigneeId: string | null
  dueAt: string | null
  doneAt: string | null
  position: number
}

export interface TeamTable {
  id: string
  name: string
  description: Generated<string>
  retired: Generated<boolean>
}

export interface TeamOrganisationTable {
  teamId: string
  organisationId: string
}

export interface TemplateTable {
  id: string
  use: 'template' | 'reply' | 'action' | 'handling'
  name: string
  kind: string
  body: string
  fill: object
  filter: string
  active: Generated<boolean>
}

export interface TimekeepingTable {
  id: Generated<boolean>
  calendars: number
  definitions: Generated<number>
}

export interface TokenTable {
  id: string
  personId: string
  name: string
  hash: Buffer
  scopes: string[] | null
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

export interface ViewTable {
  id: string
  ownerId: string
  name: string
  kind: string
  filter: string
  sort: string
  columns: string[]
  sharedWith: 'me' | 'team' | 'everyone'
  teamId: string | null
}

export interface WatcherTable {
  itemId: string
  personId: string
}

export interface DB {
  alert: AlertTable
  attachment: AttachmentTable
  audit: AuditTable
  bulk: BulkTable
  bulkRecord: BulkRecordTable
  calendar: CalendarTable
  calendarUse: CalendarUseTable
  calendarVersion: CalendarVersionTable
  clock: ClockTable
  clockPast: ClockPastTable
  comment: CommentTable
  credential: CredentialTable
  customField: CustomFieldTable
  deskKey: DeskKeyTable
  draft: DraftTable
  epoch: EpochTable
  event: EventTable
  export: ExportTable
  failedSignIn: FailedSignInTable
  figureAnswer: FigureAnswerTable
  guestLink: GuestLinkTable
  idempotency: IdempotencyTable
  importMapping: ImportMappingTable
  importRejected: ImportRejectedTable
  importRow: ImportRowTable
  importRun: ImportRunTable
  importSource: ImportSourceTable
  incident: IncidentTable
  incidentFact: IncidentFactTable
  incidentFactMissing: IncidentFactMissingTable
  incidentFactPast: IncidentFactPastTable
  incidentStep: IncidentStepTable
  item: ItemTable
  kindState: KindStateTable
  link: LinkTable
  member: MemberTable
  note: NoteTable
  oneTimeLink: OneTimeLinkTable
  organisation: OrganisationTable
  outgoingMail: OutgoingMailTable
  person: PersonTable
  personRole: PersonRoleTable
  presence: PresenceTable
  priorityRule: PriorityRuleTable
  role: RoleTable
  rule: RuleTable
  ruleTrace: RuleTraceTable
  seal: SealTable
  searchDocument: SearchDocumentTable
  searchLearned: SearchLearnedTable
  searchWord: SearchWordTable
  service: ServiceTable
  session: SessionTable
  setting: SettingTable
  signal: SignalTable
  slaDefinition: SlaDefinitionTable
  slaVersion: SlaVersionTable
  source: SourceTable
  survey: SurveyTable
  surveyAsk: SurveyAskTable
  task: TaskTable
  team: TeamTable
  teamOrganisation: TeamOrganisationTable
  template: TemplateTable
  timekeeping: TimekeepingTable
  token: TokenTable
  view: ViewTable
  watcher: WatcherTable
}
