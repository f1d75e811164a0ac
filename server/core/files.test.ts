import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { filesFrom, filesIn } from './files.ts'
import { sign } from './s3.ts'

const made: string[] = []
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true, force: true }))))

async function folder() {
  const dir = await mkdtemp(join(tmpdir(), 'steward-files-'))
  made.push(dir)
  return dir
}

const sha = (content: string) => createHash('sha256').update(content).digest('hex')
const pathIn = (dir: string, sha256: string) => join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
const nothing = async () => new Set<string>()
const dayAgo = () => new Date(Date.now() - 86_400_000)

test('what is put in is found again by its hash, once however often it is put', async () => {
  const dir = await folder()
  const files = filesIn(dir)
  const put = () => files.put(Readable.from(['hello ', 'world']), 100)

  expect(await put()).toEqual({ sha256: sha('hello world'), size: 11 })
  expect(await put()).toEqual(await put())
  expect(await text(await files.read(sha('hello world')))).toBe('hello world')
  expect(await files.has(sha('hello world'))).toBe(true)
  expect(await files.has(sha('else'))).toBe(false)
  expect(await readdir(join(dir, 'incoming'))).toEqual([])
  expect((await stat(pathIn(dir, sha('hello world')))).mode & 0o777).toBe(0o600)
})

test('what is too large, or breaks off, leaves nothing behind', async () => {
  const dir = await folder()
  const files = filesIn(dir)

  await expect(files.put(Readable.from([Buffer.alloc(60), Buffer.alloc(60)]), 100)).rejects.toThrow('at most')
  await expect(files.put(Readable.from(brokenOff()), 100)).rejects.toThrow('gone')
  expect(await readdir(join(dir, 'incoming'))).toEqual([])
  expect((await readdir(dir)).filter((name) => name !== 'incoming')).toEqual([])
})

async function* brokenOff() {
  yield 'half'
  throw new Error('gone')
}

test.for(['../../../etc/passwd', 'ABCD', '', 'a'.repeat(63), `${'a'.repeat(62)}/.`])(
  'the name %j is no hash, so there is no such file',
  async (name) => {
    const files = filesIn(await folder())
    await expect(files.read(name)).rejects.toThrow('no such file')
  },
)

test('a sweep takes what nothing refers to and what broke off, when it is a day old', async () => {
  const dir = await folder()
  const files = filesIn(dir)
  const [kept, lost, fresh] = await Promise.all(
    ['kept', 'lost', 'fresh'].map(async (content) => (await files.put(Readable.from([content]), 100)).sha256),
  )
  await writeFile(join(dir, 'incoming', 'broken-off'), 'half')
  const old = new Date(Date.now() - 2 * 86_400_000)
  for (const path of [pathIn(dir, kept!), pathIn(dir, lost!), join(dir, 'incoming', 'broken-off')])
    await utimes(path, old, old)

  expect(await files.sweep(dayAgo(), async () => new Set([kept!]))).toBe(1)

  expect(await Promise.all([kept!, lost!, fresh!].map((one) => files.has(one)))).toEqual([true, false, true])
  expect(await readdir(join(dir, 'incoming'))).toEqual([])
})

test('a file that is put again while it is swept stays', async () => {
  const dir = await folder()
  const files = filesIn(dir)
  const { sha256 } = await files.put(Readable.from(['twice']), 100)
  const old = new Date(Date.now() - 2 * 86_400_000)
  await utimes(pathIn(dir, sha256), old, old)

  await files.sweep(dayAgo(), async () => {
    await files.put(Readable.from(['twice']), 100)
    return new Set()
  })

  expect(await text(await files.read(sha256))).toBe('twice')
})

test('a file that an interrupted sweep left aside gets its name back', async () => {
  const dir = await folder()
  const files = filesIn(dir)
  const { sha256 } = await files.put(Readable.from(['aside']), 100)
  await rename(pathIn(dir, sha256), `${pathIn(dir, sha256)}.swept`)

  await files.sweep(dayAgo(), nothing)

  expect(await readFile(pathIn(dir, sha256), 'utf8')).toBe('aside')
})

test('requests to a bucket are signed as the published example is', () => {
  const headers = sign(
    { keyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' },
    {
      method: 'GET',
      url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
      headers: { range: 'bytes=0-9', 'x-amz-content-sha256': sha('') },
      payload: sha(''),
      at: new Date('2013-05-24T00:00:00Z'),
    },
  )

  expect(headers.authorization).toMatch(/Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/)
})

test('files in a bucket behave as files in a folder do', async () => {
  const { address, objects } = await bucketServer()
  const files = filesFrom(
    { endpoint: address, bucket: 'desk', region: 'us-east-1', keyId: 'key', secret: 'secret' },
    await folder(),
  )
  const { sha256 } = await files.put(Readable.from(['in a ', 'bucket']), 100)
  const lost = await files.put(Readable.from(['lost']), 100)

  expect(await text(await files.read(sha256))).toBe('in a bucket')
  expect([await files.has(sha256), await files.has(sha('else'))]).toEqual([true, false])
  await expect(files.read(sha('else'))).rejects.toThrow('no such file')
  await expect(files.put(Readable.from(['x'.repeat(200)]), 100)).rejects.toThrow('at most')
  for (const object of objects.values()) object.at = '2020-01-01T00:00:00.000Z'
  expect(await files.sweep(dayAgo(), async () => new Set([sha256]))).toBe(1)
  expect([...objects.keys()]).toEqual([sha256])
  expect(lost.size).toBe(4)
})

type Objects = Map<string, { body: Buffer; at: string }>

/** As much of an S3 store as is asked of one: objects under one bucket, listed one at a time. */
async function bucketServer() {
  const objects: Objects = new Map()
  const server = createServer((request, reply) => {
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) reply.writeHead(403).end()
    else if (request.method === 'PUT') void store(objects, request, reply)
    else answer(objects, request, reply)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => server.close())
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects }
}

async function store(objects: Objects, request: IncomingMessage, reply: ServerResponse) {
  const body = await buffer(request)
  const whole = request.headers['x-amz-content-sha256'] === createHash('sha256').update(body).digest('hex')
  if (whole) objects.set(String(request.url).replace('/desk/', ''), { body, at: new Date().toISOString() })
  reply.writeHead(whole ? 200 : 400).end()
}

function answer(objects: Objects, { method, url }: IncomingMessage, reply: ServerResponse) {
  const { pathname, searchParams } = new URL(String(url), 'http://127.0.0.1')
  const key = pathname.replace('/desk/', '')
  if (key === '') return reply.end(listing(objects, searchParams.get('continuation-token')))
  const known = objects.get(key)
  if (method === 'DELETE') objects.delete(key)
  return reply.writeHead(known ? 200 : 404).end(method === 'GET' ? known?.body : undefined)
}

function listing(objects: ReadonlyMap<string, { at: string }>, token: string | null) {
  const all = [...objects].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const from = Number(token?.replace('page&', '') ?? 0)
  const entries = all
    .slice(from, from + 1)
    .map(([key, { at }]) => `<Contents><Key>${key}</Key><LastModified>${at}</LastModified></Contents>`)
  const next = from + 1 < all.length ? `<NextContinuationToken>page&amp;${from + 1}</NextContinuationToken>` : ''
  return `<ListBucketResult>${entries.join('')}${next}</ListBucketResult>`
}
