import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'node:util'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { pino, type DestinationStream } from 'pino'
import type { Config } from './config.ts'
import { openLogFile } from './log-file.ts'

export interface Log {
  readonly log: FastifyBaseLogger
  /** Where it is written, for people. */
  readonly place: string
  readonly close: () => Promise<void>
}

/** One line of JSON for everything that happened, without what would let its reader in as somebody else. */
export async function openLog({ log: where, logLevel }: Pick<Config, 'log' | 'logLevel'>, dir: string): Promise<Log> {
  if (where === 'stdout') return { log: logTo(process.stdout, logLevel), place: 'stdout', close: async () => {} }
  await mkdir(join(dir, 'log'), { recursive: true, mode: 0o700 })
  const place = join(dir, 'log', 'steward.log')
  const file = await openLogFile(place)
  return { log: logTo(file, logLevel), place, close: file.close }
}

export function logTo(stream: DestinationStream, level: Config['logLevel']): FastifyBaseLogger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { req: aboutRequest, res: aboutReply, err: aboutError },
      hooks: { streamWrite: withoutSecrets },
      redact: { paths: ['authorization', 'cookie', 'password', 'token'].flatMap((name) => [name, `*.${name}`]) },
    },
    stream,
  )
}

function aboutRequest({ method, url, ip }: FastifyRequest) {
  return { method, url, ip }
}

function aboutReply({ statusCode }: FastifyReply) {
  return { statusCode }
}

/** The database's own account of an error may hold the whole row; its name and place are enough to find it. */
function aboutError(error: Error & { readonly code?: unknown; readonly constraint?: unknown }): object {
  const { name, message, stack, code, constraint, cause } = error
  return {
    type: name,
    message,
    stack,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(cause instanceof Error && { cause: aboutError(cause) }),
  }
}

/** A text as it may be written down: the token in a one-time link, or in a query, lets its reader in. */
export function withoutSecrets(text: string) {
  return text
    .replaceAll(/(\/links?\/|\/guest[^#\s"\\]*#|\bstg_)[\w-]+/g, '$1…')
    .replaceAll(/([?&](?:token|code|password)=)[^&\s"\\]*/g, '$1…')
}

/** What libraries say by way of the console goes to the log as well, rather than between what people read. */
export function logConsole(log: FastifyBaseLogger) {
  const to =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (text: unknown, ...rest: unknown[]) =>
      log[level](format(text, ...rest))
  Object.assign(globalThis.console, {
    debug: to('debug'),
    log: to('info'),
    info: to('info'),
    warn: to('warn'),
    error: to('error'),
  })
}
