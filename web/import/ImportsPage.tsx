import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listImports, type ImportRun } from '#shared/import.ts'
import { query } from '#web/core/api.ts'
import { Empty, Page, Section } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import page from '#web/core/page.module.css'
import { DropFile } from '#web/import/DropFile.tsx'
import { percent } from '#web/import/words.ts'
import styles from './import.module.css'

export function ImportsPage() {
  const { data: imports } = useSuspenseQuery({ ...query(listImports, {}), refetchInterval: 5000 })
  return (
    <Page
      title="Import"
      about="Bring in records with their whole past: each update becomes history at its own time, by its own person. Nobody is told of it, and nothing is taken before you have seen how it is read."
    >
      <DropFile />
      <Section title="Earlier imports">
        {imports.length === 0 ? (
          <Empty title="Nothing has been brought in yet">
            Try it with an incident event log of ServiceNow, or with any CSV or Excel file of tickets.
          </Empty>
        ) : (
          <Imports imports={imports} />
        )}
      </Section>
    </Page>
  )
}

function Imports({ imports }: { imports: readonly ImportRun[] }) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">State</th>
          <th scope="col">Records</th>
          <th scope="col">Not taken</th>
          <th scope="col">By</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => (
          <tr key={one.id}>
            <td>
              <Link to="/admin/imports/$id" params={{ id: one.id }} className={styles.link}>
                {one.fileName}
              </Link>
              {one.system !== null && <span className={page.sub}>from {one.system}</span>}
            </td>
            <td>{stateWords(one)}</td>
            <td data-label="Records">{one.records?.toLocaleString('en')}</td>
            <td data-label="Not taken">{one.rejectedCount > 0 ? one.rejectedCount.toLocaleString('en') : null}</td>
            <td data-label="By">{one.by?.name ?? 'Command line'}</td>
            <td>
              <Ago at={one.createdAt} long />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const states: Readonly<Record<ImportRun['state'], string>> = {
  reading: 'Being looked through',
  ready: 'Waits for you',
  waiting: 'About to start',
  working: 'At work',
  done: 'Done',
  failed: 'Stopped: something was wrong',
  cancelled: 'Stopped by hand',
}

const stateWords = ({ state, share }: ImportRun) =>
  state === 'working' ? `${states.working}, ${percent(share)}` : states[state]
