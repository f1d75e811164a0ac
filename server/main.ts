// "npm start": the desk, until it is stopped. "--demo" starts one apart, filled with an organisation to look at.
import { parseArgs } from 'node:util'
import { runUntilStopped } from './run.ts'

const usage = `npm start [-- --demo]

  --demo   start a desk apart from yours, filled with a made-up organisation
  --help   say this

What the desk listens on and where it keeps its data is set by the environment; docs/settings.md lists it.
`

try {
  const { values } = parseArgs({ options: { demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help) process.stdout.write(usage)
  else await runUntilStopped({ demo: values.demo ?? false })
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message.split('.')[0] : 'That is not understood'}.\n\n${usage}`,
  )
  process.exitCode = 2
}
