// The desk's commands, for whoever has the machine.
import { progressTo } from '#server/progress.ts'
import { steward } from './program.ts'

process.exitCode = await steward(process.argv.slice(2), {
  env: process.env,
  say: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  progress: progressTo(process.stderr),
})
