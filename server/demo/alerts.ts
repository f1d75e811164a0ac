import { as, system } from '#server/core/desk.ts'
import { receive, type Signal } from '#server/alert/alert.ts'
import { closeUnasked, give, note, start } from './acts.ts'
import { closingTime } from './story.ts'
import type { TeamName } from './organisations.ts'
import type { Random } from './random.ts'
import type { ServiceName } from './services.ts'
import { ownStep, step, timeOf, type Cast, type Stage, type Step, type Story } from './stage.ts'

interface Watched {
  readonly name: string
  readonly summary: (host: string, random: Random) => string
  readonly text: string
  readonly severity: 'critical' | 'warning' | 'info'
  readonly service: ServiceName
  readonly team: TeamName
  readonly hosts: readonly string[]
  readonly found: string
}

const watched: readonly Watched[] = [
  {
    name: 'DiskWillFillSoon',
    summary: (host, random) => `Disk on ${host} is ${random.whole(88, 97)} % full`,
    text: 'At the present rate the file system is full within twelve hours.',
    severity: 'warning',
    service: 'Cloud platform',
    team: 'Server & cloud',
    hosts: ['file-03', 'batch-02', 'k8s-node-09', 'k8s-node-17', 'app-14'],
    found: 'Old container images and logs; pruned.',
  },
  {
    name: 'NodeNotReady',
    summary: (host) => `Kubernetes node ${host} is not ready`,
    text: 'The node has not reported for five minutes. Its pods are moving elsewhere.',
    severity: 'critical',
    service: 'Cloud platform',
    team: 'Server & cloud',
    hosts: ['k8s-node-04', 'k8s-node-09', 'k8s-node-17'],
    found: 'Kubelet out of memory; cordoned the node and restarted it.',
  },
  {
    name: 'ReplicationLag',
    summary: (host, random) => `Replica ${host} is ${random.whole(90, 900)} s behind`,
    text: 'Reads from the replica show old data, and a failover would take longer.',
    severity: 'warning',
    service: 'Databases',
    team: 'Database',
    hosts: ['db-07', 'db-11', 'db-12'],
    found: 'A bulk load on the primary; it catches up by itself.',
  },
  {
    name: 'HighErrorRate',
    summary: (host, random) => `${random.whole(3, 9)} % of requests to ${host} fail`,
    text: 'The error rate is above two per cent for ten minutes.',
    severity: 'critical',
    service: 'Customer portal',
    team: 'Applications',
    hosts: ['portal', 'portal-api', 'claims-api'],
    found: 'One instance with a full connection pool; taken out and restarted.',
  },
  {
    name: 'CertificateExpiresSoon',
    summary: (host, random) => `Certificate of ${host} expires in ${random.whole(3, 13)} days`,
    text: 'Renewal should have happened by itself and has not.',
    severity: 'info',
    service: 'Internet & site links',
    team: 'Network',
    hosts: ['vpn.halyard.example', 'mail.halyard.example', 'api.castellan.example'],
    found: 'The DNS challenge was blocked by a new rule. Renewed.',
  },
  {
    name: 'LinkDown',
    summary: (host) => `Line ${host} is down`,
    text: 'The main line does not answer; traffic runs over the backup.',
    severity: 'warning',
    service: 'Internet & site links',
    team: 'Network',
    hosts: ['lds-wan-1', 'ham-wan-1', 'kie-wan-2', 'nyc-wan-1'],
    found: 'Carrier maintenance without notice.',
  },
]

const minute = 60_000

/** An alert that fires, fires again, is looked at, and is over. */
export function alertStory(random: Random, cast: Cast, key: string, at: number): Story {
  const about = random.pick(watched)
  const host = random.pick(about.hosts)
  const signal = signalOf(about, host, about.summary(host, random), `${key}-${random.whole(1e6, 9e6)}`, at)
  const steps: Step[] = []
  let time = at
  for (const _ of Array.from({ length: random.whole(0, 5) })) {
    time += random.whole(4, 6) * minute
    steps.push(heard(time, signal))
  }
  if (random.chance(0.7)) {
    const who = random.pick(cast.staff.filter(({ team }) => team === about.team))
    steps.push(step((time += random.whole(2, 20) * minute), who, [give(about.team, who), start]))
    steps.push(step((time += random.whole(5, 60) * minute), who, [note(about.found)]))
  }
  time += Math.ceil(random.around(70)) * minute
  steps.push(heard(time, { ...signal, status: 'resolved' }), ownStep(closingTime(time), [closeUnasked]))
  return { key, at, steps, open: (stage) => open(stage, at, signal) }
}

async function open(stage: Stage, at: number, signal: Signal) {
  const { desk, source } = stage
  await heard(at, signal).run(stage, '')
  const { itemId } = await as(desk, system, ({ db }) =>
    db
      .selectFrom('alert')
      .select('itemId')
      .where('sourceId', '=', source.id)
      .where('fingerprint', '=', signal.fingerprint)
      .executeTakeFirstOrThrow(),
  )
  return itemId!
}

const heard = (at: number, signal: Signal): Step => ({
  at,
  run: ({ desk, source }) => receive(desk, source, [signal], { at: timeOf(at) }),
})

const levels = { critical: 1, warning: 2, info: 3 } as const

// oxlint-disable-next-line max-params
function signalOf(about: Watched, host: string, summary: string, fingerprint: string, at: number): Signal {
  const { name, text, severity, service, team } = about
  const labels = { alertname: name, instance: host, severity, service, team, job: 'node' }
  const lines = Object.entries(labels).map(([label, value]) => `- ${label}: ${value}`)
  return {
    fingerprint,
    labels,
    service,
    team,
    title: summary,
    about: host,
    level: levels[severity],
    status: 'firing',
    annotations: { summary, description: text },
    startedAt: timeOf(at - 2 * minute),
    text: [text, lines.join('\n')].join('\n\n'),
  }
}
