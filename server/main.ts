// "npm start": the desk, until it is stopped. "--demo" starts one apart, filled with an organisation to look at.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// What was compiled once is kept beside the packages: the desk is up in half the time.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/steward', import.meta.url)))

const usage = `npm start [-- --demo]

  --demo   start a desk apart from yours, filled with a made-up organisation
  --help   say this, and what can be set

`

const options = { demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

function read() {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return process.exit(2)
  }
}

const { demo = false, help } = read()
if (help) process.stdout.write(usage + (await import('./config.ts')).describeSettings())
else await (await import('./run.ts')).runUntilStopped({ demo })
