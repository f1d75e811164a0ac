import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyBaseLogger, type FastifyRequest } from 'fastify'
import { measureRequests } from './metrics.ts'
import { Refusal } from './refusal.ts'

export interface Shield {
  readonly log?: FastifyBaseLogger | undefined
  readonly requestsPerMinute?: number | undefined
  readonly secure?: boolean
  /** The proxies whose word on the caller's address counts. */
  readonly trustProxy?: string | undefined
}

const csp = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    // Mantine and the virtual list place things by style attributes; no style sheet comes from elsewhere.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    upgradeInsecureRequests: null,
  },
}

/** Fastify with all that protects it: limits, headers, cookies, and a request id on every answer. */
export async function shield({ log, requestsPerMinute, secure = false, trustProxy }: Shield) {
  const app = fastify({
    ...(log && { loggerInstance: log }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    // How long a request may take to arrive whole, an upload included.
    requestTimeout: 120_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
  })
  app.decorateRequest('askAgain')
  app.decorateRequest('stopping')
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: csp,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  await app.register(rateLimit, {
    max: requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    // A page is many files; the people of an office, behind one address, would use up its share by opening it.
    allowList: (request) => !isApi(request),
    errorResponseBuilder: (_, { ttl }) =>
      new Refusal('too_many', 'Too many requests; wait a moment', { retryAfter: Math.ceil(ttl / 1000) }),
  })
  await app.register(multipart, { limits: { files: 1, fields: 5, fieldSize: 10_000, parts: 6 } })
  measureRequests(app)
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (isApi(request) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  return app
}

/** By the route rather than the address, which can be written in more ways than one. */
const isApi = ({ routeOptions }: FastifyRequest) => routeOptions.url?.startsWith('/api/') === true
