import { Client, type Connection } from 'pg'

/** Sends rows, already in COPY's text form, into a table: the fastest way in. */
export function copyInto(client: Client, into: string, rows: string): Promise<void> {
  return new Promise((done, fail) => {
    let failure: Error | null = null
    // What the client asks of anything that is queued on a connection.
    const copy = {
      submit: (connection: Connection) => connection.query(`copy ${into} from stdin`),
      handleCopyInResponse(connection: Connection & Copying) {
        connection.sendCopyFromChunk(Buffer.from(rows))
        connection.endCopyFrom()
      },
      handleCommandComplete() {},
      handleError(error: Error) {
        failure = error
        fail(error)
      },
      handleReadyForQuery() {
        if (!failure) done()
      },
    }
    client.query(copy as never)
  })
}

interface Copying {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** A connection that loads: no foreign key is looked up, no commit is waited for. The bench alone may do so. */
export async function loader(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; set statement_timeout = 0`)
  return client
}
