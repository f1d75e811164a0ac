import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Refusal } from '#server/core/refusal.ts'
import { fileSource, importFile, look } from '#server/import/import.ts'
import type { Recognised } from '#shared/import.ts'
import type { Certificate } from '#shared/import/certificate.ts'
import { DateOrder, Mapping } from '#shared/import/mapping.ts'
import { withDesk, type Shell } from './beside.ts'

interface Options {
  readonly json?: true
  readonly mapping?: string
  readonly system?: string
  readonly organisation?: string
  readonly zone?: string
  readonly dates?: string
  readonly adoptMatrix?: true
  readonly rejected?: string
}

export function addImportCommands(program: Command, shell: Shell) {
  const command = program.command('import').description('bring in records with their whole past; nobody is told')
  const kinds = [
    [
      'servicenow-log',
      'servicenow',
      'an incident event log of ServiceNow, one row an update; the mapping is learned from it',
    ],
    ['tickets', 'any CSV or XLSX of tickets; the mapping is guessed from its columns, or given'],
  ] as const
  for (const [name, about] of kinds)
    command
      .command(`${name} <file>`)
      .description(about)
      .option('--json', 'print the certificate as JSON')
      .option('--mapping <file>', 'read the file by this mapping instead of a learned one')
      .option('--system <name>', 'where the records come from; what came from there before is known again')
      .option('--organisation <name>', 'whose the records and new people are, where no column says so')
      .option('--zone <name>', 'the time zone of times that name none, such as Europe/Oslo')
      .option('--dates <order>', 'how days are written: ymd, mdy or dmy')
      .option('--adopt-matrix', 'let the desk use the priorities of the file from now on')
      .option('--rejected <file>', 'write the rows that could not be taken, and why, as CSV')
      .action((file: string, options: Options) => bringIn(shell, { file, log: name === 'servicenow-log' }, options))
  command
    .command('mapping <file>')
    .description('print the mapping that a file speaks for, to be changed and given with --mapping')
    .option('--system <name>', 'where the records come from', 'file')
    .action(async (file: string, { system = 'file' }: Options) => {
      const { mapping } = await look(fileSource(file), system)
      shell.say(JSON.stringify(mapping, null, 2))
    })
}

interface What {
  readonly file: string
  readonly log: boolean
}

async function bringIn(shell: Shell, { file, log }: What, options: Options) {
  const given = options.mapping === undefined ? undefined : await mappingIn(options.mapping)
  const how = {
    source: fileSource(file),
    system: options.system ?? 'file',
    adapt: (learned: Mapping, recognised: Recognised) => {
      if (!given) for (const line of doubts(recognised, options)) shell.note(line)
      return checked({ ...(given ?? learned), ...changedBy(options) }, log)
    },
    adoptMatrix: options.adoptMatrix ?? false,
    follow: (share: number) => shell.progress(Math.round(share * 10_000), 10_000),
  }
  // A desk may well begin with what was before it.
  const certificate = await withDesk(shell, (desk) => importFile(desk, how), { make: true })
  const { hashes, rejected } = certificate
  if (options.rejected !== undefined) await writeFile(options.rejected, rejectedCsv(rejected))
  if (!hashes.equal) shell.fail(1)
  if (options.json) shell.say(JSON.stringify(certificate))
  else for (const line of told(certificate)) shell.say(line)
}

/** What whoever brings a file in without questions should know of how it is read. */
const doubts = ({ warnings, datesUnsure }: Recognised, { dates }: Options) => [
  ...warnings,
  ...(datesUnsure && dates === undefined
    ? ['The file does not tell days from months: days are taken to come first. If they do not, say --dates mdy.']
    : []),
]

async function mappingIn(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8')
  const parsed = Mapping.safeParse(jsonIn(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('invalid', `${path} is no mapping: ${issue?.path.join('.')}: ${issue?.message}`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function changedBy({ system, organisation, zone, dates }: Options): Partial<Mapping> {
  const order = DateOrder.optional().safeParse(dates)
  if (!order.success) throw new Refusal('invalid', 'Days are written ymd, mdy or dmy')
  return {
    ...(system && { system }),
    ...(organisation && { organisation }),
    ...(zone && { zone }),
    ...(order.data && { dates: order.data }),
  }
}

function checked(mapping: Mapping, log: boolean) {
  if (log && mapping.rows !== 'updates')
    throw new Refusal(
      'invalid',
      'This is no event log: no number comes twice, or no column says when a row was updated',
    )
  return Mapping.parse(mapping)
}

const rejectedCsv = (rejected: Certificate['rejected']) =>
  ['line,reason', ...rejected.map(({ line, reason }) => `${line},"${reason.replaceAll('"', '""')}"`), ''].join('\r\n')

const shown = 20

/** The certificate for people. */
function told(certificate: Certificate) {
  const { incidents, events, people, teams, added, checks, figures, rejected, rejectedCount, hashes, seconds } =
    certificate
  const differing = certificate.matrix.filter(({ priority, desk }) => priority !== desk)
  return [
    `${incidents} incidents with ${events} updates by ${people} people and ${teams} teams; new here: ${added.incidents} incidents, ${added.events} updates.`,
    ...checks.map(({ about, equal, of }) => `  ${equal} of ${of}  ${about}`),
    ...checks.flatMap(({ explained }) => explained.slice(0, shown).map(({ record, why }) => `  ${record}: ${why}`)),
    `  SHA-256 of the file’s values ${hashes.source}, of the history’s ${hashes.result}: ${hashes.equal ? 'equal' : 'NOT EQUAL'}`,
    ...differing.map(
      ({ impact, urgency, priority, desk }) =>
        `  Impact ${impact} and urgency ${urgency} make priority ${priority} in the file, ${desk} at this desk`,
    ),
    ...figureLines(figures),
    ...certificate.lost.map(({ column, why }) => `  Not taken: ${column}, ${why}`),
    ...rejected.slice(0, shown).map(({ line, reason }) => `  line ${line}: ${reason}`),
    `${rejectedCount} rows were not taken. It took ${seconds.toFixed(1)} s.`,
  ]
}

const hour = 3_600_000

function figureLines(figures: Certificate['figures']) {
  const percent = (name: string, label: string) =>
    typeof figures[name] === 'number' ? [`  ${label}: ${figures[name].toFixed(1)} %`] : []
  const time = (name: string, label: string) =>
    typeof figures[name] === 'number' ? [`  ${label}: ${(figures[name] / hour).toFixed(1)} h`] : []
  return [
    ...percent('firstAssignmentResolution', 'First-assignment resolution'),
    ...percent('reopenRate', 'Reopen rate'),
    ...percent('slaMadeShare', 'Made the service level'),
    ...time('medianTimeToResolve', 'Median time to resolve'),
    ...time('meanTimeToResolve', 'Mean time to resolve'),
  ]
}
