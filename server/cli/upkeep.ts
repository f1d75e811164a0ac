import { resolve } from 'node:path'
import type { Command } from 'commander'
import { addSource } from '#server/alert/alert.ts'
import { migrate } from '#server/core/migrate.ts'
import { Refusal } from '#server/core/refusal.ts'
import { verifyHistory } from '#server/item/item.ts'
import { backup } from '#server/postgres/backup.ts'
import { restore } from '#server/postgres/restore.ts'
import { addSource as adding } from '#shared/alert.ts'
import { readConfig } from '#server/config.ts'
import { progressTo } from '#server/progress.ts'
import { asOperator, note, printJson, say, withDatabase, withDesk } from './beside.ts'

export function addUpkeepCommands(program: Command) {
  program
    .command('migrate')
    .description('bring the database to this release')
    .action(() => withDatabase(bringUp))
  program
    .command('verify')
    .description('read the whole history again, and name whatever was tampered with')
    .option('--json', 'print JSON')
    .action(verify)
  program
    .command('backup')
    .description('copy the whole desk, while it works, into a folder that does not exist yet')
    .option('--to <folder>', 'where to', `steward-backup-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`)
    .action(copy)
  program
    .command('restore')
    .description('put a backup into an empty data folder, once every byte of it has been proved right')
    .requiredOption('--from <folder>', 'the backup')
    .action(bringBack)
  program
    .command('source')
    .description('monitoring tools that may report')
    .command('add <type>')
    .description('let a tool report, and print where to and with which token; the type is alertmanager')
    .option('--name <name>', 'what the tool is called', 'Alertmanager')
    .option('--json', 'print JSON')
    .action(connect)
}

async function bringUp({ url }: { url: string }) {
  const done = await migrate(url)
  say(done.length > 0 ? `Done: ${done.join(', ')}` : 'The database is at this release already.')
}

function verify({ json }: { json?: true }) {
  return withDesk(async (desk) => {
    const result = await asOperator(desk, (ctx) => verifyHistory(ctx, progressTo(process.stderr)), 'read only')
    const { items, events, seals, faults } = result
    if (faults.length > 0) process.exitCode = 1
    if (json) return printJson(result)
    for (const { where, what } of faults) note(`${where}: ${what}`)
    return say(
      `${items} records, ${events} events, ${seals} seals: ${faults.length > 0 ? `${faults.length} faults` : 'all is as it was written'}.`,
    )
  })
}

function copy({ to }: { to: string }) {
  return withDatabase(async ({ url, config }) => {
    if (config.databaseUrl)
      throw new Error('This desk uses a database of its own server; back it up with the means of that server')
    const draw = progressTo(process.stderr)
    await backup({ url, dir: config.data, to, progress: ({ done, total }) => draw(done, total) })
    say(resolve(to))
  })
}

async function bringBack({ from }: { from: string }) {
  const config = readConfig(process.env)
  const draw = progressTo(process.stderr)
  const { made } = await restore({
    from,
    dir: config.data,
    say: note,
    progress: ({ done, total }) => draw(done, total),
  })
  say(`The desk of ${made} is in ${config.data}. Start it with npm start.`)
}

function connect(type: string, { name, json }: { name: string; json?: true }) {
  const parsed = adding.input.safeParse({ type, name })
  if (!parsed.success) throw new Refusal('invalid', 'A source is of type alertmanager, and has a name')
  return withDesk(async (desk) => {
    const { url, token } = await asOperator(desk, (ctx) => addSource(ctx, parsed.data, null, desk))
    if (json) return printJson({ url, token })
    note('Let it send to this address, with this token as bearer; it is shown this once:')
    return say(`${url}\n${token}`)
  })
}
