import type { Output } from '#shared/core/endpoint.ts'
import type { listClocks } from '#shared/sla.ts'
import type { Clock, Step } from '#shared/sla/clock.ts'
import { clockKindNames, clockTargetNames } from '#shared/sla/terms.ts'
import { Panel } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import { ClockBar } from '#web/sla/ClockBar.tsx'
import { ClockState } from '#web/sla/ClockState.tsx'
import { lengthWords } from '#web/sla/words.ts'
import styles from './sla.module.css'

type Clocks = Output<typeof listClocks>

/** Why each clock of a record stands as it does, who held it, and which did not start. */
export function WhyPanel({ at, clocks, notStarted, onClose }: Clocks & { onClose: () => void }) {
  return (
    <Panel title="Service levels" onClose={onClose}>
      {clocks.toReversed().map((clock) => (
        <Told key={`${clock.definitionId} ${clock.attachedAt}`} clock={clock} now={at} />
      ))}
      <NotStarted notStarted={notStarted} />
    </Panel>
  )
}

function Told({ clock, now }: { clock: Clock; now: string }) {
  const { name, kind, target, version, sentence, originalDueAt, dueAt } = clock
  return (
    <section className={styles.told} aria-label={name}>
      <h2>
        {name} <ClockState clock={clock} />
      </h2>
      <p className={styles.quiet}>
        {clockKindNames[kind]}, {clockTargetNames[target].toLowerCase()}, version {version}
      </p>
      <ClockBar clock={clock} now={now} />
      <p>{sentence}</p>
      <dl className={styles.facts}>
        <dt>Due</dt>
        <dd>{dueAt === null ? 'not known' : <When at={dueAt} />}</dd>
        {originalDueAt !== null && originalDueAt !== dueAt && (
          <>
            <dt>Due at first</dt>
            <dd>
              <When at={originalDueAt} />
            </dd>
          </>
        )}
        <dt>Run</dt>
        <dd>
          {lengthWords(clock.businessMs)} in working hours, {lengthWords(clock.elapsedMs)} around the clock
        </dd>
        {clock.pausedMs > 0 && (
          <>
            <dt>Paused</dt>
            <dd>{lengthWords(clock.pausedMs)}</dd>
          </>
        )}
        <dt>Hours</dt>
        <dd>{[...new Set(clock.segments.map(({ calendar, zone }) => `${calendar} (${zone})`))].join(', ')}</dd>
      </dl>
      <Steps steps={clock.steps} />
      <Breakdown clock={clock} />
    </section>
  )
}

const did = {
  attached: 'Began',
  paused: 'Paused',
  resumed: 'Went on',
  stopped: 'Stopped',
  cancelled: 'Called off',
  reset: 'Began anew',
  warned: 'Warned',
  breached: 'Overdue',
} as const satisfies Record<Step['did'], string>

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps} aria-label="What happened to it">
      {steps.map((step) => (
        <li key={`${step.at} ${step.seq} ${step.did} ${step.because}`} data-did={step.did}>
          <span>
            <strong>{did[step.did]}</strong> <When at={step.at} />
          </span>
          <span>{step.because}</span>
          <span className={styles.quiet}>
            Event {step.seq}, {step.event}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Breakdown({ clock: { breakdown } }: { clock: Clock }) {
  if (breakdown.length === 0) return null
  return (
    <table className={styles.shares}>
      <caption>Who held it</caption>
      <thead>
        <tr>
          <th scope="col">In whose hands</th>
          <th scope="col">Running</th>
          <th scope="col">Paused</th>
        </tr>
      </thead>
      <tbody>
        {breakdown.map(({ holder, businessMs, pausedMs }) => (
          <tr key={`${holder.kind} ${holder.id}`}>
            <th scope="row">{holder.name}</th>
            <td>{lengthWords(businessMs)}</td>
            <td>{lengthWords(pausedMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NotStarted({ notStarted }: Pick<Clocks, 'notStarted'>) {
  if (notStarted.length === 0) return null
  return (
    <section className={styles.told} aria-label="Not started">
      <h2>Not started</h2>
      <ul className={styles.notStarted}>
        {notStarted.map(({ definitionId, name, because }) => (
          <li key={definitionId}>
            <strong>{name}</strong>
            <span>{because}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
