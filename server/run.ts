import { format } from 'node:util'
import { readConfig, WrongConfig, type Config } from './config.ts'
import { startDesk, type Running } from './start.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

/** Runs a desk in this process until it is asked to stop, and tells people what to open. */
export async function runUntilStopped({ demo }: { readonly demo: boolean }) {
  const asked = askedToStop()
  let running: Running | null = null
  let wrong: unknown = null
  try {
    const config = readConfig(process.env, demo)
    running = await startDesk(config, say)
    await Promise.race([greet(running, config, demo), asked])
    await asked
    say('Stopping…')
  } catch (error) {
    wrong = error
  }
  try {
    await running?.stop()
  } catch (error) {
    wrong ??= error
  }
  if (wrong === null) process.exit(0)
  // The reason is the last thing that is said, after all that stopping has to say.
  complain(wrong instanceof Error ? wrong.message : format(wrong))
  process.exit(wrong instanceof WrongConfig ? 2 : 1)
}

async function greet(running: Running, config: Config, demo: boolean) {
  // The demo is large, and read only where it is asked for.
  if (demo) await (await import('./demo-start.ts')).prepareDemo(running, config, say)
  else welcome(running)
  say(`The log is in ${running.log.place}. Stop with Ctrl-C.`)
}

function welcome({ address, setUpLink }: Running) {
  say('')
  say(setUpLink ? `Steward is ready to be set up. Open ${setUpLink}` : `Steward is running. Open ${address}`)
  if (setUpLink) say('The link works once, for 24 hours; the next start prints a new one.')
}

/** The first request to stop is waited for; the second one is obeyed at once. */
function askedToStop() {
  const { promise: asked, resolve: tell } = Promise.withResolvers<void>()
  let before = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (before) process.exit(1)
      before = true
      tell()
    })
  }
  return asked
}
