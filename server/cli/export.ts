import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import { asJsonLines, asLog, countIncidents } from '#server/import/import.ts'
import { asCsv } from '#server/record/record.ts'
import { withDesk, type Shell } from './beside.ts'

interface Options {
  readonly format: 'jsonl' | 'csv'
  readonly to?: string
}

export function addExportCommand(program: Command, shell: Shell) {
  program
    .command('export')
    .description('write out all incidents with their whole history, as they stream from the desk')
    .addOption(
      new Option('--format <format>', 'jsonl: an incident a line, with everything; csv: an event a line, for an import')
        .choices(['jsonl', 'csv'])
        .default('jsonl'),
    )
    .option('--to <file>', 'where to; by default to standard output')
    .action((options: Options) => writeOut(shell, options))
}

async function writeOut(shell: Shell, { format, to }: Options) {
  const records = await withDesk(shell, async (desk) => {
    const total = await countIncidents(desk)
    let done = 0
    const told = (count: number) => shell.progress((done += count), total)
    const content = format === 'jsonl' ? asJsonLines(desk, told) : asCsv(asLog(desk, told))
    await pipeline(Readable.from(content), to === undefined ? sayIn(shell) : createWriteStream(to, { mode: 0o600 }))
    return done
  })
  if (to !== undefined) shell.note(`${records} incidents are in ${to}.`)
}

/** Standard output, line by line, through whoever called the command. */
const sayIn =
  ({ say }: Shell) =>
  async (source: AsyncIterable<Buffer | string>) => {
    let rest = ''
    for await (const piece of source) {
      const lines = `${rest}${piece.toString()}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) say(line)
    }
    if (rest !== '') say(rest)
  }
