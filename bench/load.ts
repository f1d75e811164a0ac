import { availableParallelism } from 'node:os'
import type { Client } from 'pg'
import { copyInto, loader } from './copy.ts'
import { makeCast, tellIncidents, type Batch } from './incidents.ts'

const batch = 4000
const tables = ['item', 'incident', 'event', 'comment', 'note', 'fact', 'past', 'step'] as const

/**
 * Fills a new desk with a year of incidents: each with its history, hashed link by link as the desk does it, its
 * comments and its search document. Indexes are taken away meanwhile and made again.
 */
export async function load(url: string, items: number, say: (line: string) => void) {
  const began = performance.now()
  const told = (what: string) => say(`${what} (${Math.round((performance.now() - began) / 1000)} s)`)
  const client = await loader(url)
  await client.query(`select app.make_partitions((now() - interval '12 months')::date, 12)`)
  const cast = await makeCast(client)
  const indexes = await dropIndexes(client)
  await copyAll(url, tellIncidents(cast, items, batch), (done) => told(`${done} of ${items} incidents`))
  await client.query(`select setval('number_inc', $1)`, [items])
  await together(url, indexes.filter(isEarly))
  await together(url, searchDocuments())
  told('Search documents written')
  await together(
    url,
    indexes.filter((index) => !isEarly(index)),
  )
  told('Indexes made')
  await client.query('vacuum (analyze)')
  await client.query('checkpoint')
  told('Analysed')
  await client.end()
}

async function copyAll(url: string, batches: Iterable<Batch>, told: (done: number) => void) {
  const clients = await Promise.all(tables.map(() => loader(url)))
  let done = 0
  let writing: Promise<unknown> = Promise.resolve()
  for (const rows of batches) {
    // The next rows are made while these are written.
    await writing
    writing = Promise.all(tables.map((table, at) => copyInto(clients[at]!, rows.into[table], rows.text[table])))
    done += rows.items
    if (done % 100_000 === 0) told(done)
    await new Promise(setImmediate)
  }
  await writing
  await Promise.all(clients.map((client) => client.end()))
}

const isEarly = (index: string) => /INDEX (?:comment_item|note_item) /.test(index)

/** Takes away what would be kept up to date row by row, and answers how to make it again. */
async function dropIndexes(client: Client) {
  const { rows } = await client.query<{ name: string; made: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
    where indrelid = any ('{item,incident,event,comment,note,search_document,incident_fact,incident_fact_past,incident_step}'::regclass[]) and not indisprimary`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ made }) => made.replace(' ON ONLY ', ' ON '))
}

/** Runs statements on as many connections as there are processors. */
async function together(url: string, statements: readonly string[]) {
  const left = [...statements]
  const hands = Array.from({ length: availableParallelism() }, async () => {
    const client = await loader(url)
    for (let next = left.shift(); next !== undefined; next = left.shift()) await client.query(next)
    await client.end()
  })
  await Promise.all(hands)
}

const parts = 16

/** What `index` in the item module writes, for a part of all items at a time; the words have no accents here. */
const searchDocuments = () =>
  Array.from(
    { length: parts },
    (_, part) => `
    insert into search_document (item_id, words, document)
    select item.id,
      lower(left(concat_ws(' ', item.number, item.title, requester.name, detail.description, said.text), 20000)),
      setweight(to_tsvector('simple', lower(concat_ws(' ', item.number, item.title))), 'A') ||
      setweight(to_tsvector('simple', lower(concat_ws(' ', requester.name, requester.email))), 'B') ||
      setweight(to_tsvector('simple', lower(concat_ws(' ', detail.description, detail.resolution_notes))), 'C') ||
      setweight(to_tsvector('simple', lower(coalesce(said.text, ''))), 'D')
    from item join incident detail on detail.id = item.id join person requester on requester.id = item.requester_id
    left join lateral (select string_agg(body, ' ' order by id) as text from comment where item_id = item.id) said on true
    where right(item.number, 7)::integer % ${parts} = ${part}`,
  )
