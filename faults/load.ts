import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** What clients were told is done, by the key under which they sent it. */
export interface Ledger {
  /** The number of each incident that was acknowledged. */
  readonly reports: ReadonlyMap<string, string>
  /** The id of each comment that was acknowledged. */
  readonly comments: ReadonlyMap<string, string>
  /** Answers to the same key that were not the same. */
  readonly changed: readonly string[]
  /** When something was acknowledged, in milliseconds of this process. */
  readonly times: readonly number[]
}

export interface Load {
  readonly ledger: Ledger
  /** Lets every client finish what it has begun, then tells what was done. */
  stop(): Promise<Ledger>
}

const Report = z.object({ id: z.string(), number: z.string() })
const Comment = z.object({ id: z.string() })

interface Sent {
  readonly path: string
  readonly body: object
}

/** Clients that write without pause, and send what was not acknowledged again under the same key until it is. */
export function startLoad(address: () => string, token: string, clients: number): Load {
  const [reports, comments] = [new Map<string, string>(), new Map<string, string>()]
  const [changed, times]: [string[], number[]] = [[], []]
  const ids: string[] = []
  const stopping = new AbortController()

  async function acknowledged(key: string, sent: Sent): Promise<unknown> {
    for (;;) {
      const answer = await send(`${address()}/api${sent.path}`, key, token, sent.body)
      if (answer !== null) return answer
      await wait(20 + Math.random() * 60)
    }
  }

  async function write<T extends { id: string }>(sent: Sent, shape: z.ZodType<T>, note: (key: string, is: T) => void) {
    const key = randomUUID()
    const told = shape.parse(await acknowledged(key, { ...sent, body: marked(sent.body, key) }))
    note(key, told)
    times.push(performance.now())
    if (Math.random() > 0.1) return
    const again = shape.parse(await acknowledged(key, { ...sent, body: marked(sent.body, key) }))
    if (JSON.stringify(again) !== JSON.stringify(told)) changed.push(key)
  }

  async function client() {
    while (!stopping.signal.aborted) {
      const known = ids[Math.floor(Math.random() * ids.length)]
      if (known === undefined || Math.random() < 0.5) {
        const sent = { path: '/incidents', body: { title: 'Fault' } }
        await write(sent, Report, (key, { id, number }) => {
          reports.set(key, number)
          ids.push(id)
        })
      } else {
        const sent = { path: `/items/${known}/comments`, body: { body: 'Fault' } }
        await write(sent, Comment, (key, { id }) => comments.set(key, id))
      }
    }
  }

  const all = Promise.all(Array.from({ length: clients }, client))
  const ledger = { reports, comments, changed, times }
  return {
    ledger,
    async stop() {
      stopping.abort()
      await all
      return ledger
    },
  }
}

/** The key in the text too, so that a write that was done twice is found. */
const marked = (body: object, key: string) =>
  Object.fromEntries(Object.entries(body).map(([name, text]) => [name, `${String(text)} ${key}`]))

/** The answer, or null where it must be sent again: nobody was there, or they could not do it now. */
async function send(url: string, key: string, token: string, body: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
  let status: number
  let text: string
  try {
    const signal = AbortSignal.timeout(20_000)
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal })
    status = response.status
    text = await response.text()
  } catch {
    return null
  }
  if (status === 200) return JSON.parse(text) as unknown
  if (status >= 500 || status === 401) return null
  throw new Error(`${url}: ${status} ${text}`)
}
