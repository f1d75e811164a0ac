import { Agent, request } from 'node:http'

export interface Measured {
  readonly connections: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
}

const rounds = 5

/**
 * Does two kinds of work by turns over so many connections, each for so long in all, once warm, and tells how often and
 * how fast. By turns, since a machine that others share is faster now and slower then; the rate is the middle one.
 */
export async function measureBoth(connections: number, seconds: number, works: readonly [Work, Work]) {
  for (const work of works) await during(connections, Math.min(2, seconds), work)
  const turns: number[][][] = [[], []]
  for (let round = 0; round < rounds; round += 1)
    for (const [at, work] of works.entries()) turns[at]!.push(await during(connections, seconds / rounds, work))
  const [one, other] = turns.map((its) => measured(connections, seconds / rounds, its))
  const ratios = turns[0]!.map((its, round) => its.length / turns[1]![round]!.length)
  return { desk: one!, floor: other!, ofFloor: middle(ratios) }
}

type Work = (connection: number) => Promise<unknown>

function measured(connections: number, seconds: number, turns: readonly number[][]): Measured {
  const times = turns.flat().toSorted((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { connections, perSecond: middle(turns.map((its) => its.length / seconds)), p50: at(0.5), p95: at(0.95) }
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function during(connections: number, seconds: number, work: Work) {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  const hands = Array.from({ length: connections }, async (_, connection) => {
    while (performance.now() < until) {
      const began = performance.now()
      await work(connection)
      times.push(performance.now() - began)
    }
  })
  await Promise.all(hands)
  return times
}

export interface Caller {
  get(path: string): Promise<unknown>
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<unknown>
  close(): void
}

/** A client that keeps its connections, and holds every answer to be a good one. */
export function callerOf(address: string, token: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const headers = { authorization: `Bearer ${token}` }
  const call = (method: string, path: string, body?: object, more: Readonly<Record<string, string>> = {}) => {
    const text = body && JSON.stringify(body)
    const about = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    return new Promise<unknown>((done, fail) => {
      const asked = request(`${address}/api${path}`, { method, agent, headers: { ...headers, ...about, ...more } })
      asked.on('error', fail)
      asked.on('response', (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', fail)
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString()
          if (response.statusCode === 200) done(JSON.parse(answer))
          else fail(new Error(`${method} ${path}: ${response.statusCode} ${answer}`))
        })
      })
      asked.end(text)
    })
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body, more) => call('POST', path, body, more),
    close: () => agent.destroy(),
  }
}
