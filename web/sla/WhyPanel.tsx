import type { Output } from '#shared/core/endpoint.ts'
import type { listClocks } from '#shared/sla.ts'
import type { Clock, Step } from '#shared/sla/clock.ts'
import { Panel } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { ClockBar } from '#web/sla/ClockBar.tsx'
import { ClockState } from '#web/sla/ClockState.tsx'
import { sortWords } from '#web/sla/terms.ts'
import { lengthWords } from '#web/sla/words.ts'
import styles from './sla.module.css'

type Clocks = Output<typeof listClocks>

/** Why each clock of a record stands as it does, who held it, and which did not start. */
export function WhyPanel({ at, clocks, notStarted, onClose }: Clocks & { onClose: () => void }) {
  return (
    <Panel title={t('Service levels')} onClose={onClose}>
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
      <p className={styles.quiet}>{t('{sort}, version {version}', { sort: sortWords(kind, target), version })}</p>
      <ClockBar clock={clock} now={now} />
      <p>{sentence}</p>
      <dl className={styles.facts}>
        <dt>{t('Due')}</dt>
        <dd>{dueAt === null ? t('not known') : <When at={dueAt} />}</dd>
        {originalDueAt !== null && originalDueAt !== dueAt && (
          <>
            <dt>{t('Due at first')}</dt>
            <dd>
              <When at={originalDueAt} />
            </dd>
          </>
        )}
        <dt>{t('Run')}</dt>
        <dd>
          {t('{business} in working hours, {elapsed} around the clock', {
            business: lengthWords(clock.businessMs),
            elapsed: lengthWords(clock.elapsedMs),
          })}
        </dd>
        {clock.pausedMs > 0 && (
          <>
            <dt>{t('Paused')}</dt>
            <dd>{lengthWords(clock.pausedMs)}</dd>
          </>
        )}
        <dt>{t('Hours')}</dt>
        <dd>{[...new Set(clock.segments.map(({ calendar, zone }) => `${calendar} (${zone})`))].join(', ')}</dd>
      </dl>
      <Steps steps={clock.steps} />
      <Breakdown clock={clock} />
    </section>
  )
}

const did = {
  attached: t('Began'),
  paused: t('Paused'),
  resumed: t('Went on'),
  stopped: t('Stopped'),
  cancelled: t('Called off'),
  reset: t('Began anew'),
  warned: t('Warned'),
  breached: t('Overdue'),
} satisfies Record<Step['did'], string>

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps} aria-label={t('What happened to it')}>
      {steps.map((step) => (
        <li key={`${step.at} ${step.seq} ${step.did} ${step.because}`} data-did={step.did}>
          <span>
            <strong>{did[step.did]}</strong> <When at={step.at} />
          </span>
          <span>{step.because}</span>
          <span className={styles.quiet}>
            {t('Event {seq}, {event}', { seq: String(step.seq), event: step.event })}
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
      <caption>{t('Who held it')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('In whose hands')}</th>
          <th scope="col">{t('Running')}</th>
          <th scope="col">{t('Paused')}</th>
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
    <section className={styles.told} aria-label={t('Not started')}>
      <h2>{t('Not started')}</h2>
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
