import type { z } from 'zod'
import type { StateTo, Target } from '#shared/import/mapping.ts'
import type { ResolutionCode, Source } from '#shared/incident.ts'

/** Letters and digits alone, so that `Incident State`, `incident_state` and `IncidentState` are one word. */
export const folded = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** What programs call the columns that we know, the likeliest first. */
const names: Readonly<Record<Target, readonly string[]>> = {
  number: [
    'number',
    'incidentnumber',
    'ticketnumber',
    'issuekey',
    'key',
    'ticketid',
    'incidentid',
    'caseid',
    'id',
    'ticket',
    'nummer',
    'numero',
  ],
  title: ['shortdescription', 'title', 'subject', 'summary', 'name', 'betreff', 'titel', 'objet'],
  description: ['description', 'details', 'body', 'text', 'beschreibung'],
  state: ['incidentstate', 'state', 'status', 'ticketstatus', 'zustand'],
  impact: ['impact', 'auswirkung'],
  urgency: ['urgency', 'dringlichkeit'],
  priority: ['priority', 'prio', 'prioritat', 'priorite'],
  category: ['category', 'kategorie', 'categorie', 'type', 'tickettype', 'issuetype'],
  configurationItem: ['cmdbci', 'configurationitem', 'ci', 'asset', 'affectedci'],
  source: ['contacttype', 'source', 'channel', 'via', 'reportedby'],
  service: ['businessservice', 'service', 'serviceoffering', 'product', 'dienst'],
  team: ['assignmentgroup', 'group', 'team', 'queue', 'assignedgroup', 'supportgroup', 'gruppe'],
  assignee: ['assignedto', 'assignee', 'owner', 'agent', 'technician', 'bearbeiter'],
  requester: [
    'callerid',
    'caller',
    'requester',
    'requestedfor',
    'reporter',
    'customer',
    'contact',
    'requestername',
    'from',
    'melder',
  ],
  requesterEmail: ['requesteremail', 'calleremail', 'email', 'emailaddress', 'mail', 'customeremail', 'contactemail'],
  organisation: ['organisation', 'organization', 'company', 'department', 'account', 'firma'],
  openedAt: [
    'openedat',
    'opened',
    'createdat',
    'created',
    'createddate',
    'createdon',
    'creationdate',
    'createdtime',
    'syscreatedon',
    'dateopened',
    'opendate',
    'syscreatedat',
    'erstellt',
  ],
  openedBy: ['openedby', 'createdby', 'creator', 'syscreatedby'],
  updatedAt: [
    'sysupdatedat',
    'sysupdatedon',
    'updatedat',
    'updated',
    'lastupdated',
    'modified',
    'lastmodified',
    'updatedon',
    'timestamp',
  ],
  updatedBy: ['sysupdatedby', 'updatedby', 'modifiedby', 'lastmodifiedby'],
  resolvedAt: [
    'resolvedat',
    'resolved',
    'resolutiondate',
    'dateresolved',
    'solvedat',
    'resolvedon',
    'resolvedtime',
    'geschlossenam',
  ],
  resolvedBy: ['resolvedby', 'solvedby'],
  resolution: ['closedcode', 'closecode', 'resolutioncode', 'resolution'],
  resolutionNotes: ['closenotes', 'resolutionnotes', 'solution', 'resolutiondescription'],
  closedAt: ['closedat', 'closed', 'dateclosed', 'closedate', 'closedon', 'closedtime'],
  reassignmentCount: ['reassignmentcount', 'reassignments'],
  reopenCount: ['reopencount', 'reopened', 'reopens'],
}

/** The column for each target: the one whose name is the likeliest; no column twice. */
export function guessColumns(head: readonly string[]): Partial<Record<Target, string>> {
  const byFolded = new Map(head.toReversed().map((column) => [folded(column), column]))
  const taken = new Set<string>()
  const found: Partial<Record<Target, string>> = {}
  for (const [target, known] of entriesOf(names)) {
    const column = known.map((name) => byFolded.get(name)).find((name) => name !== undefined && !taken.has(name))
    if (column === undefined) continue
    taken.add(column)
    found[target] = column
  }
  return found
}

/** The entries of a dictionary, as the compiler knows them and Object.entries does not. */
export function entriesOf<K extends string, V>(dictionary: Readonly<Partial<Record<K, V>>>) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a literal has no entries but its own
  return Object.entries(dictionary) as [K, V][]
}

type To = z.infer<typeof StateTo>
const to = (state: NonNullable<To>['state'], holdReason: NonNullable<To>['holdReason'] = null): To => ({
  state,
  holdReason,
})

const waiting = /await|pending|hold|wait|wartet|suspend/
const states: readonly (readonly [RegExp, To])[] = [
  [/^1$|unassigned/, to('new')],
  [/^2$/, to('in_progress')],
  [/^3$/, to('waiting', 'problem')],
  [/^4$/, to('waiting', 'caller')],
  [/^5$/, to('waiting', 'evidence')],
  [/^6$/, to('resolved')],
  [/^7$/, to('closed')],
  [/^8$/, to('cancelled')],
  [/problem/, to('waiting', 'problem')],
  [/vendor|thirdparty|3rdparty|supplier|external/, to('waiting', 'vendor')],
  [/evidence/, to('waiting', 'evidence')],
  [/(await|pending|hold|wait).*change|changerequest/, to('waiting', 'change')],
  [waiting, to('waiting', 'caller')],
  [/cancel|reject|withdrawn|invalid|duplicate/, to('cancelled')],
  [/reopen/, to('in_progress')],
  [/resolved|solved|fixed|completed?$|gelost|resolu/, to('resolved')],
  [/closed|done|ferme|geschlossen/, to('closed')],
  [/assigned/, to('assigned')],
  [/new|open|logged|submitted|registered|neu|nouveau|todo|unassigned/, to('new')],
  [/active|progress|work|started|bearbeitung|encours/, to('in_progress')],
]

/** What a state of another program is here, by its name or ServiceNow's number; undefined where that says nothing. */
export function guessState(value: string): To | undefined {
  const word = folded(value)
  if (/^-\d+$/.test(value.trim())) return null
  return states.find(([sign]) => sign.test(word))?.[1]
}

const levels: readonly (readonly [RegExp, 1 | 2 | 3])[] = [
  [/^(critical|urgent|high|hoch|haute?|major|extensive|widespread|enterprise)/, 1],
  [/^(medium|moderate|normal|mittel|moyenne|significant|multiple)/, 2],
  [/^(low|minor|niedrig|basse|single|individual|minimal)/, 3],
]

/** A level of impact or urgency, by its number or its word. */
export function guessLevel(value: string): number | undefined {
  const digit = /^\D{0,2}([1-3])\b/.exec(value.trim())?.[1]
  if (digit) return Number(digit)
  return levels.find(([sign]) => sign.test(folded(value)))?.[1]
}

const ranks: readonly (readonly [RegExp, number])[] = [
  [/^(critical|urgent|highest|blocker|emergency|kritisch)/, 1],
  [/^(high|major|hoch|haute)/, 2],
  [/^(medium|moderate|normal|mittel|moyenne|average)/, 3],
  [/^(planning|lowest|trivial|none|verylow)/, 5],
  [/^(low|minor|niedrig|basse)/, 4],
]

export function guessPriority(value: string): number | undefined {
  const digit = /^[Pp]?\s*([1-5])\b/.exec(value.trim())?.[1]
  if (digit) return Number(digit)
  return ranks.find(([sign]) => sign.test(folded(value)))?.[1]
}

const channels: readonly (readonly [RegExp, z.infer<typeof Source>])[] = [
  [/phone|call|telefon|ivr|voice/, 'phone'],
  [/mail/, 'email'],
  [/chat|teams|slack|virtual/, 'chat'],
  [/walk|person|counter/, 'walk_up'],
  [/alert|monitor|event/, 'alert'],
  [/portal|self|web|form/, 'portal'],
]

/** How it reached the desk; whatever is not known came from another program. */
export const guessSource = (value: string): z.infer<typeof Source> =>
  channels.find(([sign]) => sign.test(folded(value)))?.[1] ?? 'api'

const endings: readonly (readonly [RegExp, z.infer<typeof ResolutionCode>])[] = [
  [/workaround/, 'workaround'],
  [/duplicate/, 'duplicate'],
  [/not(be)?reproduc|unreproduc|cannotreproduce/, 'not_reproducible'],
  [/by(the)?caller|byuser|byrequester|bycustomer/, 'by_caller'],
  [/nofault|noerror|wontfix|notabug|falsealarm|invalid|noaction/, 'no_fault'],
]

export const guessResolution = (value: string): z.infer<typeof ResolutionCode> =>
  endings.find(([sign]) => sign.test(folded(value)))?.[1] ?? 'fixed'
