// Kills the desk, its database and both at random instants under load: `npm run faults -- --kills 200`.
import { parseArgs } from 'node:util'
import { killOften, type Outcome } from './kill.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '10' } } })
const outcomes = await killOften({
  kills: Number(values.kills),
  say: (line) => void process.stderr.write(`${line}\n`),
})

const seconds = (milliseconds: number | undefined) => ((milliseconds ?? 0) / 1000).toFixed(2)

function rowOf({ victim, kills, outages, acknowledged }: Outcome) {
  const sorted = outages.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return `| ${[victim, kills, acknowledged, seconds(middle), seconds(sorted.at(-1))].join(' | ')} |`
}

const wrong = outcomes[0]?.wrong ?? []
process.stdout.write(`| killed | times | writes acknowledged | back after (middle), s | at most, s |
| --- | --: | --: | --: | --: |
${outcomes.map(rowOf).join('\n')}

${wrong.length === 0 ? 'No acknowledged write lost, none doubled; histories, tables and indexes are whole.' : wrong.join('\n')}
`)
process.exitCode = wrong.length === 0 ? 0 : 1
