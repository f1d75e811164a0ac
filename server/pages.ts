import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { httpServer } from '#server/core/http.ts'
import { notFound } from '#server/core/refusal.ts'

type App = Awaited<ReturnType<typeof httpServer>>

const root = fileURLToPath(new URL('../dist/', import.meta.url))
const forEver = 'public, max-age=31536000, immutable'

/** Serves the web pages as they were built: every address that is not the API's is the one page, which knows the rest. */
export async function servePages(app: App) {
  if (!existsSync(root)) return
  await app.register(staticFiles, {
    root: `${root}assets/`,
    prefix: '/assets/',
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      reply.header('cache-control', path.startsWith(`${root}assets/`) ? forEver : 'no-cache')
    },
  })
  app.get('/', (_, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html', root))
  app.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request
    const wantsPage = (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
    if (!wantsPage || url.startsWith('/assets/')) throw notFound('address')
    return reply.header('cache-control', 'no-cache').sendFile('index.html', root)
  })
}
