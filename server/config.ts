import { resolve } from 'node:path'
import { z } from 'zod'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const onOff = z.enum(['on', 'off'], 'on or off')
const address = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
    error: `an address that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`,
  })

const settings = z.object({
  HOST: z.string().min(1, 'a host name or an address').default('127.0.0.1').describe('the address to listen on'),
  PORT: z.coerce
    .number('a port')
    .int('a port')
    .min(0, 'a port')
    .max(65_535, 'a port, 65535 at most')
    .default(8484)
    .describe('the port to listen on'),
  STEWARD_DATA: z
    .string()
    .min(1, 'a folder')
    .default('data')
    .describe('the folder of the database, the files and the log'),
  DATABASE_URL: address('postgres', 'postgresql')
    .optional()
    .describe('a PostgreSQL server to use, by its owner’s address; without it the desk runs its own'),
  SMTP_URL: address('smtp', 'smtps')
    .optional()
    .describe('the mail server; without it links are shown to administrators'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n<>@]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'a sender’s address')
    .optional()
    .describe('whom the mail comes from'),
  PUBLIC_URL: address('http', 'https').optional().describe('where people open the desk, as it stands in links'),
  SECURE: onOff.optional().describe('on behind TLS; by default when PUBLIC_URL is https'),
  TRUST_PROXY: z
    .string()
    .regex(/^[\da-fA-F.:/, ]+$/, 'the addresses of your proxies, such as 127.0.0.1 or 10.0.0.0/8')
    .optional()
    .describe('the proxies whose word on the caller’s address counts'),
  DISK_RESERVE: z.coerce
    .number('a number of MB')
    .int('a number of MB')
    .min(0, 'a number of MB')
    .max(100_000, 'a number of MB')
    .default(512)
    .describe('how many MB are set aside for a disk that fills up; 0 for none'),
  LOG: z.enum(['file', 'stdout'], 'file or stdout').default('file').describe('where the log goes'),
  LOG_LEVEL: z
    .enum(levels, `one of ${levels.join(', ')}`)
    .default('info')
    .describe('how much is logged'),
  RATE_LIMIT: z.coerce
    .number('requests a minute')
    .int('requests a minute')
    .min(1, 'requests a minute')
    .default(1200)
    .describe('how many requests to the API one address may send a minute'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'a secret of at least 16 characters')
    .optional()
    .describe('a secret with which a collector reads /api/metrics'),
  PREPARED_STATEMENTS: onOff.default('on').describe('off behind an old PgBouncer'),
  S3_ENDPOINT: address('http', 'https')
    .optional()
    .describe('a store that speaks S3, for attached files; without it they lie in the data folder'),
  S3_BUCKET: z
    .string()
    .regex(/^[\w.-]{3,255}$/, 'the name of a bucket')
    .optional()
    .describe('the bucket in that store'),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'the name of a region')
    .default('us-east-1')
    .describe('the region of that bucket'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('who the desk is to that store'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('and the secret that proves it'),
  ATTACHMENT_SCAN: z
    .string()
    .regex(/\S/, 'a command')
    .optional()
    .describe('a command that looks at each attached file before anyone gets it'),
})

const ofBuckets = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

/** Every setting and what it is for, for people. */
export function describeSettings() {
  const lines = Object.entries(settings.shape).map(([name, { description }]) => `  ${name.padEnd(22)}${description}`)
  return `Set by the environment:\n\n${lines.join('\n')}\n`
}

export interface Config {
  /** Whether this is a desk to look at, filled with a made-up organisation. */
  readonly demo: boolean
  readonly host: string
  readonly port: number
  readonly data: string
  readonly databaseUrl: string | undefined
  readonly mail: { readonly url: string; readonly from: string } | null
  /** Where people open the desk; where it is not said, the address that it listens on. */
  readonly publicUrl: string | undefined
  readonly secure: boolean
  readonly log: 'file' | 'stdout'
  readonly logLevel: (typeof levels)[number]
  readonly requestsPerMinute: number
  readonly metricsToken: string | undefined
  readonly trustProxy: string | undefined
  /** Whether PostgreSQL keeps the plans of statements by name. */
  readonly prepared: boolean
  /** Where attached files are kept, if not in the data folder. */
  readonly bucket: {
    readonly endpoint: string
    readonly bucket: string
    readonly region: string
    readonly keyId: string
    readonly secret: string
  } | null
  /** Bytes set aside on the disk of a database of the desk's own. */
  readonly reserve: number
  /** The command that tells whether a file is harmless. */
  readonly scan: string | undefined
}

/** What is wrong with how the desk was configured, as sentences for the one who did. */
export class WrongConfig extends Error {}

/** Reads the environment; what is empty there counts as not set. */
export function readConfig(env: NodeJS.ProcessEnv, demo = false): Config {
  const given = readSettings(env)
  requireSense(given, demo)
  return {
    demo,
    host: given.HOST,
    port: given.PORT,
    data: resolve(demo ? `${given.STEWARD_DATA}-demo` : given.STEWARD_DATA),
    databaseUrl: given.DATABASE_URL,
    mail: given.SMTP_URL && given.MAIL_FROM ? { url: given.SMTP_URL, from: given.MAIL_FROM } : null,
    publicUrl: given.PUBLIC_URL?.replace(/\/+$/, ''),
    secure: given.SECURE ? given.SECURE === 'on' : given.PUBLIC_URL?.startsWith('https://') === true,
    log: given.LOG,
    logLevel: given.LOG_LEVEL,
    requestsPerMinute: given.RATE_LIMIT,
    metricsToken: given.METRICS_TOKEN,
    trustProxy: given.TRUST_PROXY,
    prepared: given.PREPARED_STATEMENTS === 'on',
    bucket: bucketFrom(given),
    reserve: demo || given.DATABASE_URL ? 0 : given.DISK_RESERVE * 1024 ** 2,
    scan: given.ATTACHMENT_SCAN,
  }
}

type Settings = z.output<typeof settings>

/** All of what names a bucket, or nothing of it. */
function bucketFrom(given: Settings): Config['bucket'] {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = given
  if (ofBuckets.every((name) => !given[name])) return null
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    const missing = ofBuckets.filter((name) => !given[name])
    const set = ofBuckets.filter((name) => given[name])
    throw new WrongConfig(`${set.join(', ')} is set, so ${missing.join(', ')} must be as well`)
  }
  return {
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    keyId: S3_ACCESS_KEY_ID,
    secret: S3_SECRET_ACCESS_KEY,
  }
}

/** Where people open the desk. */
export function addressOf({ publicUrl, host, port }: Config) {
  const shown = host.includes(':') ? `[${host.replace(/^::$/, '::1')}]` : host.replace(/^0\.0\.0\.0$/, '127.0.0.1')
  return publicUrl ?? `http://${shown}:${port}`
}

function requireSense({ SMTP_URL, MAIL_FROM, DATABASE_URL }: Settings, demo: boolean) {
  if (SMTP_URL && !MAIL_FROM) throw new WrongConfig('SMTP_URL is set, so MAIL_FROM must say who the mail comes from')
  if (demo && DATABASE_URL)
    throw new WrongConfig('The demo runs on a database of its own: start it without DATABASE_URL')
}

function readSettings(env: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, env[name] || undefined]))
  const parsed = settings.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('')} must be ${message}`)
  throw new WrongConfig(lines.join('\n'))
}
