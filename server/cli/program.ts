import { Command, CommanderError } from 'commander'
import { ZodError } from 'zod'
import { describeSettings, WrongConfig } from '#server/config.ts'
import { refusalFor } from '#server/core/refusal.ts'
import { version } from '#server/desk/desk.ts'
import type { Shell } from './beside.ts'
import { addExportCommand } from './export.ts'
import { addImportCommands } from './import.ts'
import { addUpkeepCommands } from './upkeep.ts'
import { addUserCommands } from './users.ts'

/** Does what the words ask for, and answers the code to end with: 0 done, 1 refused or failed, 2 not understood. */
export async function steward(words: readonly string[], shell: Omit<Shell, 'fail'>): Promise<number> {
  let code = 0
  const program = programFor({
    ...shell,
    fail(given) {
      code = given
    },
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    return codeOf(error, shell.note)
  }
}

function programFor(shell: Shell) {
  const program = new Command('steward')
    .description('The commands of the desk, on the data that STEWARD_DATA or DATABASE_URL names, by default ./data.')
    .version(version)
    .addHelpText('after', () => `\n${describeSettings()}`)
  program
    .command('start')
    .description('run the desk until it is stopped')
    .option('--demo', 'a desk apart from yours, filled with a made-up organisation')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      await (await import('#server/run.ts')).runUntilStopped({ demo })
    })
  addUpkeepCommands(program, shell)
  addUserCommands(program, shell)
  addImportCommands(program, shell)
  addExportCommand(program, shell)
  tame(program, shell)
  return program
}

/** Every command, at whatever depth, leaves it to its caller how to end and where its lines go. */
function tame(command: Command, shell: Shell) {
  command
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => shell.say(text.trimEnd()),
      writeErr: (text) => shell.note(text.trimEnd()),
    })
  for (const each of command.commands) tame(each, shell)
}

function codeOf(error: unknown, note: Shell['note']) {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ZodError) {
    note(error.issues.map(({ path, message }) => `${path.join('.') || 'e-mail'}: ${message}`).join('\n'))
    return 2
  }
  const told = refusalFor(error)
  note(told instanceof Error ? told.message : String(told))
  return error instanceof WrongConfig ? 2 : 1
}
