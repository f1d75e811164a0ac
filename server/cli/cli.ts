// The desk's commands, for whoever has the machine. Exit codes: 0 done, 1 refused or failed, 2 not understood.
import { Command, CommanderError } from 'commander'
import { ZodError } from 'zod'
import { refusalFor } from '#server/core/refusal.ts'
import { WrongConfig } from '#server/config.ts'
import { version } from '#server/desk/desk.ts'
import { runUntilStopped } from '#server/run.ts'
import { note } from './beside.ts'
import { addUpkeepCommands } from './upkeep.ts'
import { addUserCommands } from './users.ts'

const program = new Command('steward')
  .description(
    'The commands of the desk. They work on the data that STEWARD_DATA or DATABASE_URL names, by default ./data.',
  )
  .version(version)
  .exitOverride()
  .showHelpAfterError()

program
  .command('start')
  .description('run the desk until it is stopped')
  .option('--demo', 'a desk apart from yours, filled with a made-up organisation')
  .action(({ demo = false }: { demo?: boolean }) => runUntilStopped({ demo }))
addUpkeepCommands(program)
addUserCommands(program)
inherit(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = codeOf(error)
}

/** Commands below another one do not take over how it ends. */
function inherit(command: Command) {
  for (const each of command.commands) {
    each.exitOverride().showHelpAfterError()
    inherit(each)
  }
}

function codeOf(error: unknown) {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ZodError) {
    note(error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('\n'))
    return 2
  }
  const told = refusalFor(error)
  note(told instanceof Error ? told.message : String(told))
  return error instanceof WrongConfig ? 2 : 1
}
