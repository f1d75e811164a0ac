import { resolve } from 'node:path'
import type { Command } from 'commander'
import { addSource } from '#server/alert/alert.ts'
import { readConfig } from '#server/config.ts'
import type { Desk } from '#server/core/desk.ts'
import { migrate } from '#server/core/migrate.ts'
import { Refusal } from '#server/core/refusal.ts'
import { verifyHistory } from '#server/item/item.ts'
import { backup } from '#server/postgres/backup.ts'
import { restore, restoreCheck } from '#server/postgres/restore.ts'
import { addSource as adding } from '#shared/alert.ts'
import { asOperator, deskOn, printJson, withDatabase, withDesk, type Shell } from './beside.ts'

export function addUpkeepCommands(program: Command, shell: Shell) {
  program
    .command('migrate')
    .description('bring the database to this release')
    .action(() => bringUp(shell))
  program
    .command('verify')
    .description('read the whole history again, and name whatever was tampered with')
    .option('--json', 'print JSON')
    .action((options: JsonOption) => verify(shell, options))
  program
    .command('backup')
    .description('copy the whole desk, while it works, into a folder that does not exist yet')
    .option('--to <folder>', 'where to', `steward-backup-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`)
    .option('--check', 'then restore it into a scratch folder, and look the copy over')
    .action((options: BackupOptions) => copy(shell, options))
  program
    .command('restore')
    .description('put a backup into an empty data folder, once every byte of it has been proved right')
    .requiredOption('--from <folder>', 'the backup')
    .action((options: { from: string }) => bringBack(shell, options))
  program
    .command('source')
    .description('monitoring tools that may report')
    .command('add <type>')
    .description('let a tool report, and print where to and with which token; the type is alertmanager')
    .option('--name <name>', 'what the tool is called', 'Alertmanager')
    .option('--json', 'print JSON')
    .action((type: string, options: JsonOption & { name: string }) => connect(shell, type, options))
}

interface JsonOption {
  readonly json?: true
}

function bringUp(shell: Shell) {
  return withDatabase(shell, async ({ url }) => {
    const done = await migrate(url)
    shell.say(done.length > 0 ? `Done: ${done.join(', ')}` : 'The database is at this release already.')
  })
}

function verify(shell: Shell, { json }: JsonOption) {
  return withDesk(shell, async (desk) => {
    const result = await asOperator(desk, (ctx) => verifyHistory(ctx, shell.progress), 'read only')
    const { items, events, seals, faults } = result
    if (faults.length > 0) shell.fail(1)
    if (json) return printJson(shell, result)
    for (const { where, what } of faults) shell.note(`${where}: ${what}`)
    const found = faults.length > 0 ? `${faults.length} faults` : 'all is as it was written'
    return shell.say(`${items} records, ${events} events, ${seals} seals: ${found}.`)
  })
}

interface BackupOptions {
  readonly to: string
  readonly check?: true
}

function copy(shell: Shell, { to, check }: BackupOptions) {
  return withDatabase(shell, async ({ url, config }) => {
    if (config.databaseUrl)
      throw new Error('This desk uses a database of its own server; back it up with the means of that server')
    await backup({ url, dir: config.data, to, progress: ({ done, total }) => shell.progress(done, total) })
    if (check) {
      const look = (restored: { url: string }) => deskOn({ url: restored.url, config }, requireWhole)
      const { tables, indexes } = await restoreCheck({ from: to, say: shell.note, look })
      shell.note(`Restored on trial: ${tables} tables, ${indexes} indexes and the history are whole.`)
    }
    shell.say(resolve(to))
  })
}

async function requireWhole(desk: Desk) {
  const { faults } = await asOperator(desk, (ctx) => verifyHistory(ctx), 'read only')
  const [first] = faults
  if (first) throw new Error(`The history in the backup is not whole: ${first.where}: ${first.what}`)
}

async function bringBack(shell: Shell, { from }: { from: string }) {
  const { data: dir } = readConfig(shell.env)
  const { made } = await restore({
    from,
    dir,
    say: shell.note,
    progress: ({ done, total }) => shell.progress(done, total),
  })
  shell.say(`The desk of ${made} is in ${dir}. Start it with npm start.`)
}

function connect(shell: Shell, type: string, { name, json }: JsonOption & { name: string }) {
  const parsed = adding.input.safeParse({ type, name })
  if (!parsed.success) throw new Refusal('invalid', 'A source is of type alertmanager, and has a name')
  return withDesk(shell, async (desk) => {
    const { url, token } = await asOperator(desk, (ctx) => addSource(ctx, parsed.data, null, desk))
    if (json) return printJson(shell, { url, token })
    shell.note('Let it send to this address, with this token as bearer; it is shown this once:')
    return shell.say(`${url}\n${token}`)
  })
}
