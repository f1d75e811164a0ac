// "npm test": every gate, one after another, under the desk's own Node. "npm test -- types lint" runs just those,
// "--all" goes on after a failure, and a word with a slash or a dot in it picks test files.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, fail, install, node, root, run, say } from './prepare.mjs'

const words = process.argv.slice(2)
const picked = words.filter((word) => /[./]/.test(word))
const scratch = mkdtempSync(join(tmpdir(), 'steward-gates-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))

const folders = ['server', 'shared', 'web', 'test', 'scripts', 'e2e', 'bench', 'faults'].filter((name) =>
  existsSync(join(root, name)),
)
const gates = {
  format: ['oxfmt', '--check', '.'],
  types: ['tsc', '-b'],
  lint: ['oxlint', '--type-aware', ...folders],
  boundaries: [node, 'scripts/boundaries.ts'],
  printed: [node, 'scripts/printed.ts'],
  unused: ['knip'],
  capabilities: [node, 'scripts/capabilities.ts'],
  tests: ['vitest', 'run', ...reporting('tests'), ...picked],
  journeys: ['vitest', 'run', '--config', 'vitest.e2e.config.ts', ...reporting('journeys'), ...picked],
}

const names = words.filter((word) => !word.startsWith('--') && !picked.includes(word))
const unknown = names.filter((name) => !(name in gates))
if (unknown.length > 0) fail(`There is no gate "${unknown.join('", "')}"; there are ${Object.keys(gates).join(', ')}.`)
const chosen = names.length > 0 ? names : Object.keys(gates)

await install({ tools: true })
const total = { passed: 0, failed: 0 }
for (const name of chosen) {
  const { passed, failed } = await pass(name)
  total.passed += passed
  total.failed += failed
  if (failed > 0 && !words.includes('--all')) break
}
const blind = total.passed === 0 && chosen.some(isTests)
if (blind && total.failed === 0) say('No test ran, so nothing is proved.')
say(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || blind ? 1 : 0

async function pass(name) {
  say(`\n── ${name} ──`)
  const began = performance.now()
  // A browser is shown the pages as people get them.
  if (name === 'journeys') await build()
  const { code, asked, output } = await run(gates[name], { stdio: 'inherit', group: true })
  if (asked) process.exit(130)
  if (output) say(output)
  say(`── ${name} ${code === 0 ? 'passed' : 'failed'} in ${((performance.now() - began) / 1000).toFixed(1)} s ──`)
  const { passed, failed } = isTests(name) ? tallyOf(name) : { passed: 0, failed: 0 }
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) }
}

function isTests(name) {
  return name === 'tests' || name === 'journeys'
}

function reporting(name) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${fileOf(name)}`]
}

function fileOf(name) {
  return join(scratch, `${name}.json`)
}

// A file that does not even load has no failed test of its own, and counts as one.
function tallyOf(name) {
  if (!existsSync(fileOf(name))) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(fileOf(name), 'utf8'))
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}
