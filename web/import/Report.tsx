import { Button } from '@mantine/core'
import type { Certificate } from '#shared/import/certificate.ts'
import type { ImportDetail } from '#shared/import.ts'
import { Section } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import page from '#web/core/page.module.css'
import { Checks } from '#web/import/Checks.tsx'
import { counted, duration } from '#web/import/words.ts'
import styles from './report.module.css'

interface Props {
  readonly detail: ImportDetail
  readonly certificate: Certificate
}

export function Report({ detail, certificate }: Props) {
  const { incidents, events, people, teams, added, from, to, hashes } = certificate
  const isNew = added.incidents > 0 || added.events > 0
  return (
    <>
      <Section
        title="Certificate"
        about={`${counted(incidents, 'incident')} with ${counted(events, 'update')} by ${counted(people, 'person', 'people')} in ${counted(teams, 'team')}. ${
          isNew
            ? `New here: ${counted(added.incidents, 'incident')} and ${counted(added.events, 'update')}.`
            : 'All of it was here already; nothing was changed.'
        }`}
        action={<Download detail={detail} certificate={certificate} />}
      >
        {from !== null && to !== null && (
          <p className={styles.span}>
            From <When at={from} /> to <When at={to} />, in {certificate.seconds.toFixed(1)} seconds.
          </p>
        )}
        <Checks checks={certificate.checks} />
        <dl className={styles.hashes}>
          <dt>
            {hashes.equal
              ? 'What the file says and what the history says have one SHA-256'
              : 'The file and the history differ'}
          </dt>
          <dd className="mono">{hashes.source}</dd>
          {!hashes.equal && <dd className="mono">{hashes.result}</dd>}
        </dl>
      </Section>
      <Section title="Figures" about="By the desk’s own definitions, from the history that was brought in.">
        <Figures figures={certificate.figures} />
      </Section>
      <Rejected detail={detail} certificate={certificate} />
      <Mapped certificate={certificate} />
    </>
  )
}

function Download({ detail, certificate }: Props) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `Certificate of ${detail.fileName}.json`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Button variant="default" onClick={save}>
      Download as JSON
    </Button>
  )
}

const shares: readonly (readonly [string, string])[] = [
  ['firstAssignmentResolution', 'First-assignment resolution'],
  ['reopenRate', 'Reopen rate'],
  ['slaMadeShare', 'Made the service level'],
]
const times: readonly (readonly [string, string])[] = [
  ['medianTimeToResolve', 'Time to resolve, median'],
  ['meanTimeToResolve', 'Time to resolve, mean'],
]

function Figures({ figures }: { figures: Certificate['figures'] }) {
  const told = [
    ...shares.map(([name, label]) => ({
      label,
      value: figures[name],
      say: (value: number) => `${value.toFixed(1)} %`,
    })),
    ...times.map(([name, label]) => ({ label, value: figures[name], say: duration })),
  ]
  return (
    <dl className={styles.figures}>
      {told.map(({ label, value, say }) =>
        typeof value === 'number' ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{say(value)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function Rejected({ detail: { id }, certificate: { rejected, rejectedCount } }: Props) {
  if (rejectedCount === 0) return null
  return (
    <Section
      title="Rows that were not taken"
      about={`${counted(rejectedCount, 'row')}; the others came in all the same.`}
      action={
        <a href={`/api/imports/${id}/rejected`} download data-plain="default">
          Download as CSV
        </a>
      }
    >
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {rejected.slice(0, 50).map(({ line, reason }) => (
            <tr key={`${line} ${reason}`}>
              <td>{line}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Mapped({ certificate: { mapped, lost, matrix, renumbered } }: { certificate: Certificate }) {
  const differing = matrix.filter(({ priority, desk }) => priority !== desk)
  return (
    <Section title="What became of the columns">
      <ul className={styles.became}>
        {lost.map(({ column, why }) => (
          <li key={column}>
            <strong>{column}</strong> was not taken: {why}.
          </li>
        ))}
        {differing.map(({ impact, urgency, priority, desk }) => (
          <li key={`${impact} ${urgency}`}>
            Impact {impact} and urgency {urgency} make priority {priority} in the file, and {desk} at this desk.
          </li>
        ))}
        {renumbered.slice(0, 20).map(({ was, is }) => (
          <li key={was}>
            {was} could not keep its number and is {is} here.
          </li>
        ))}
      </ul>
      <details>
        <summary>{counted(mapped.length, 'column')} that were taken</summary>
        <ul className={styles.became}>
          {mapped.map(({ column, to }) => (
            <li key={column + to}>
              {column}: {to}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  )
}
