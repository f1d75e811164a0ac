import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Files } from './desk.ts'
import { notFound } from './refusal.ts'
import { writeDown } from './spool.ts'

export interface Bucket {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  /** Where a file waits while its hash, which is its name, is not known yet. */
  readonly scratch: string
}

/** Files in a bucket of any store that speaks S3, each under the SHA-256 of what is in it. */
export function filesInBucket(bucket: Bucket): Files {
  return {
    async put(content, limit) {
      const { path, sha256, size } = await writeDown(content, limit, bucket.scratch)
      try {
        await call(bucket, 'PUT', { key: sha256, file: { path, sha256, size } })
        return { sha256, size }
      } finally {
        await rm(path, { force: true })
      }
    },
    async read(sha256) {
      const { body, status } = await call(bucket, 'GET', { key: sha256 })
      if (status === 404 || !body) throw notFound('file')
      return Readable.fromWeb(body)
    },
    has: async (sha256) => (await call(bucket, 'HEAD', { key: sha256 })).status === 200,
    async sweep(before, referred) {
      let removed = 0
      for await (const page of pages(bucket)) {
        const old = page.filter(({ at }) => Date.parse(at) < before.getTime()).map(({ key }) => key)
        const kept = await referred(old)
        for (const key of old.filter((one) => !kept.has(one))) {
          await call(bucket, 'DELETE', { key })
          removed += 1
        }
      }
      return removed
    },
  }
}

async function* pages(bucket: Bucket) {
  let token: string | undefined
  do {
    const reply = await call(bucket, 'GET', {
      query: { 'list-type': '2', ...(token !== undefined && { 'continuation-token': token }) },
    })
    const xml = await reply.text()
    yield [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = '']) => {
      const [key, at] = [inside(entry, 'Key'), inside(entry, 'LastModified')]
      return key && at && /^[0-9a-f]{64}$/.test(key) ? [{ key, at }] : []
    })
    token = inside(xml, 'NextContinuationToken')?.replaceAll('&amp;', '&')
  } while (token !== undefined)
}

const inside = (xml: string, tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1]

interface What {
  readonly key?: string
  readonly query?: Readonly<Record<string, string>>
  readonly file?: { readonly path: string; readonly sha256: string; readonly size: number }
}

async function call(bucket: Bucket, method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', what: What) {
  const url = urlOf(bucket, what)
  const { key, file } = what
  const payload = file?.sha256 ?? emptyHash
  const headers = { 'x-amz-content-sha256': payload }
  const reply = await fetch(url, {
    method,
    headers: { ...sign(bucket, { method, url, headers, payload, at: new Date() }), ...(file && lengthOf(file)) },
    ...(file && { body: Readable.toWeb(createReadStream(file.path)), duplex: 'half' }),
    redirect: 'error',
    signal: AbortSignal.timeout(120_000),
  })
  if (reply.ok || (reply.status === 404 && key !== undefined)) return reply
  throw new Error(`The file store answered ${reply.status} to ${method} ${url.pathname}`)
}

const emptyHash = createHash('sha256').digest('hex')
const lengthOf = ({ size }: { size: number }) => ({ 'content-length': String(size) })

function urlOf({ endpoint, bucket }: Bucket, { key = '', query = {} }: What) {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}/${key}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

interface Request {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
  readonly at: Date
}

/** The headers that prove a request to an S3 store (AWS Signature Version 4). */
export function sign(
  { keyId, secret, region }: Pick<Bucket, 'keyId' | 'secret' | 'region'>,
  { method, url, headers, payload, at }: Request,
) {
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': time }
  const names = Object.keys(all).toSorted()
  const canonical = [
    method,
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
      .toSorted()
      .join('&'),
    ...names.map((name) => `${name}:${all[name]?.trim()}`),
    '',
    names.join(';'),
    payload,
  ].join('\n')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = scope.split('/').reduce((last, part) => hmac(last, part), Buffer.from(`AWS4${secret}`))
  const signature = hmac(key, toSign).toString('hex')
  const { host: _, ...sent } = all
  const proof = `Credential=${keyId}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`
  return { ...sent, authorization: `AWS4-HMAC-SHA256 ${proof}` }
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const escaped = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
