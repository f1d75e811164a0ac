import { ask } from './answer.ts'

interface Facts {
  readonly version: string
  readonly number: number
  readonly fsync: string
  readonly pages: string
  readonly commit: string
  readonly checksums: string
  readonly roles: boolean
}

/** Refuses, in a sentence, a server that is too old, could lose a committed change, or forbids what the desk must do. */
export async function checkDurable(url: string): Promise<void> {
  const [facts] = await ask<Facts>(
    url,
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
            current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checksums,
            (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as roles`,
  )
  const faults = facts ? faultsOf(facts) : []
  if (faults.length > 0) throw new Error(`The desk does not start on this database: ${faults.join('; ')}.`)
}

export function faultsOf({ version, number, fsync, pages, commit, checksums, roles }: Facts) {
  const faults = [
    [number < 150_000, `it is PostgreSQL ${version}, and the desk needs 15 or newer`],
    [fsync === 'off', 'fsync is off, so a power cut could lose saved work; turn it on'],
    [pages === 'off', 'full_page_writes is off, so a power cut could tear its pages; turn it on'],
    [commit === 'off', 'synchronous_commit is off, so a crash could lose saved work; turn it on'],
    [
      checksums === 'off',
      'data checksums are off, so a damaged page would go unseen; run "pg_checksums --enable" on it',
    ],
    [!roles, 'its user may not create roles; grant it CREATEROLE'],
  ] as const
  return faults.filter(([wrong]) => wrong).map(([, sentence]) => sentence)
}
