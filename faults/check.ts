import { Client } from 'pg'
import { verifyHistory } from '#server/item/item.ts'
import { asSystem, withDesk } from '../bench/place.ts'
import type { Ledger } from './load.ts'

/** What is wrong with a desk after all that was done to it; nothing, where all is well. */
export async function wrongWith(url: string, { reports, comments, changed }: Ledger): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const wrong = [
      ...(await compare(client, 'incident', reports, `select right(title, 36) as key, number as is from item`)),
      ...(await compare(client, 'comment', comments, `select right(body, 36) as key, id::text as is from comment`)),
      ...changed.map((key) => `the answer to ${key} was another one the second time`),
      ...(await checkPages(client)),
    ]
    const { faults } = await withDesk(url, (desk) => asSystem(desk, verifyHistory))
    return [...wrong, ...faults.map(({ where, what }) => `${where}: ${what}`)]
  } finally {
    await client.end()
  }
}

/** Each acknowledged write is there once, as it was told, and nothing is there that was not asked for. */
async function compare(client: Client, what: string, told: ReadonlyMap<string, string>, query: string) {
  const { rows } = await client.query<{ key: string; is: string }>(query)
  const stored = Map.groupBy(rows, ({ key }) => key)
  const lost = [...told].filter(([key, is]) => !stored.get(key)?.some((row) => row.is === is))
  const doubled = [...stored].filter(([, all]) => all.length > 1)
  const strange = [...stored.keys()].filter((key) => !told.has(key))
  return [
    ...lost.map(([key, is]) => `${what} ${is} (${key}) was acknowledged and is lost`),
    ...doubled.map(([key, all]) => `${what} ${key} is there ${all.length} times`),
    ...strange.map((key) => `${what} ${key} is there and was never asked for`),
  ]
}

/** PostgreSQL's own check of every table and every index against it. */
async function checkPages(client: Client): Promise<string[]> {
  await client.query('create extension if not exists amcheck')
  const wrong: string[] = []
  const { rows: tables } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) {
    const { rows } = await client.query<{ msg: string }>('select msg from verify_heapam($1)', [name])
    wrong.push(...rows.map(({ msg }) => `table ${name}: ${msg}`))
  }
  const { rows: indexes } = await client.query<{ name: string; checker: string }>(
    `select index.oid::regclass::text as name, case amname when 'gin' then 'gin_index_check($1::regclass)'
       else 'bt_index_check($1::regclass, true)' end as checker
     from pg_class index join pg_am on pg_am.oid = index.relam
     where relkind = 'i' and relnamespace = 'public'::regnamespace and amname in ('btree', 'gin')`,
  )
  for (const { name, checker } of indexes) {
    try {
      await client.query(`select ${checker}`, [name])
    } catch (error) {
      wrong.push(`index ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return wrong
}
