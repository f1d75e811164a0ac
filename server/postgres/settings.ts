import { chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { port, type Cluster } from './cluster.ts'

export type Settings = Readonly<Record<string, string | number>>

/** What no configuration file may change: nothing is lost in a crash, and nobody but this machine gets in. */
export function fixedOptions({ logs, run }: Cluster) {
  const fixed: Settings = {
    listen_addresses: '',
    port,
    unix_socket_directories: `"${run.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    logging_collector: 'on',
    log_destination: 'stderr',
    log_directory: logs,
    restart_after_crash: 'on',
  }
  return Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** What suits a desk on one machine; an administrator's own lines in postgresql.conf come after it and win. */
export function writeSettings({ data, account }: Cluster, more: Settings) {
  const lines = Object.entries({ ...usual, ...more }).map(([name, value]) => `${name} = '${value}'`)
  const file = join(data, 'steward.conf')
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  if (account) chownSync(file, account.uid, account.gid)
}

const usual: Settings = {
  max_connections: 60,
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_level: 'replica',
  max_wal_size: '1GB',
  wal_compression: 'on',
  checkpoint_timeout: '10min',
  jit: 'off',
  random_page_cost: 1.1,
  io_method: 'sync',
  max_logical_replication_workers: 0,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_filename: 'postgres-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: 0,
  log_truncate_on_rotation: 'on',
  log_line_prefix: '%m [%p] %u@%d ',
}
