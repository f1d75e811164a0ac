import { Button, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { listAudit } from '#shared/desk.ts'
import { call } from '#web/core/api.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import page from '#web/core/page.module.css'
import styles from './admin.module.css'

type Change = Output<typeof listAudit>[number]

const tables: Readonly<Record<string, string>> = {
  setting: 'Desk',
  person: 'Person',
  person_role: 'Roles of a person',
  role: 'Role',
  team: 'Team',
  member: 'Members of a team',
  team_organisation: 'Whom a team serves',
  organisation: 'Organisation',
  service: 'Service',
  rule: 'Rule',
  priority_rule: 'Priority',
  custom_field: 'Field',
  template: 'Template',
  source: 'Monitoring',
  view: 'View',
}

const acts = { insert: 'added', update: 'changed', delete: 'removed' } as const

export function AuditPage() {
  const [table, setTable] = useState<string | null>(null)
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listAudit.path, 'pages', table],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: before }) => call(listAudit, { limit: 50, before, ...(table !== null && { table }) }),
    getNextPageParam: (last) => (last.length < 50 ? undefined : last.at(-1)?.id),
  })
  if (error) throw error
  const changes = data?.pages.flat() ?? []
  return (
    <Page title="Audit" about="Who changed which setting. What happens to records is in their own history.">
      <div className={page.filters}>
        <Select
          label="What"
          placeholder="Everything"
          clearable
          data={Object.entries(tables).map(([value, label]) => ({ value, label }))}
          value={table}
          onChange={setTable}
        />
      </div>
      {changes.length === 0 && !isPending ? (
        <Empty title="Nothing has been changed yet">
          Settings that somebody changes are listed here, before and after.
        </Empty>
      ) : (
        <Changes changes={changes} />
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older changes
          </Button>
        </div>
      )}
    </Page>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Before and after</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ id, at, by, table, act, before, after }) => (
          <tr key={id}>
            <td>
              <When at={at} />
            </td>
            <td>{by ?? 'The desk'}</td>
            <td>
              {tables[table] ?? table} {acts[act]}
              <span className={page.sub}>{fieldsOf(after ?? before).get('name')}</span>
            </td>
            <td>
              <ul className={styles.change}>
                {differencesOf(before, after).map(({ name, was, is }) => (
                  <li key={name}>
                    {name}: {was !== '' && <del>{was}</del>}
                    {was !== '' && is !== '' && ' → '}
                    {is !== '' && <ins>{is}</ins>}
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each field that differs; ids and times only where nothing else does. */
function differencesOf(before: unknown, after: unknown) {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name))
  const telling = names.filter((name) => !/(^|_)(id|at)$/.test(name))
  return (telling.length > 0 ? telling : names)
    .map((name) => ({ name: name.replaceAll('_', ' '), was: was.get(name) ?? '', is: is.get(name) ?? '' }))
    .filter((one) => one.was !== '' || one.is !== '')
}

function fieldsOf(row: unknown): ReadonlyMap<string, string> {
  if (typeof row !== 'object' || row === null) return new Map()
  return new Map(Object.entries(row).map(([name, value]) => [name, shown(value)]))
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
