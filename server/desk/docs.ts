import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyReply } from 'fastify'
import { registry } from '#server/core/metrics.ts'
import type { RawRoute } from '#server/core/http.ts'
import { notFound } from '#server/core/refusal.ts'

const contract = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url))

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Steward API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/begin.js"></script>
</body>
</html>
`

// Writes that are tried out here carry the header that shows they come from the desk's own pages.
const begin = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers['x-steward'] = '1'
    return request
  },
})
`

const files: Record<string, readonly [type: string, read: () => Promise<string>]> = {
  'begin.js': ['text/javascript', async () => begin],
  'swagger-ui.css': ['text/css', () => textOf(import.meta.resolve('swagger-ui-dist/swagger-ui.css'))],
  'swagger-ui-bundle.js': [
    'text/javascript',
    () => textOf(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  ],
}

function textOf(url: string) {
  return readFile(fileURLToPath(url), 'utf8')
}

const open = { method: 'GET', may: 'anyone' } as const
const answer = (reply: FastifyReply, type: string, text: string) =>
  reply.header('cache-control', 'public, max-age=600').type(`${type}; charset=utf-8`).send(text)

export const docs: readonly RawRoute[] = [
  {
    ...open,
    path: '/openapi.json',
    summary: 'Get this contract',
    handle: async (_, __, ___, reply) => answer(reply, 'application/json', await readFile(contract, 'utf8')),
  },
  {
    ...open,
    path: '/docs',
    summary: 'Read this contract as a page, and try it out',
    handle: async (_, __, ___, reply) => answer(reply, 'text/html', page),
  },
  {
    ...open,
    path: '/docs/*',
    summary: 'Get a part of that page',
    async handle(_, __, { params }, reply) {
      const name = Object.values(params ?? {}).join('/')
      const file = Object.hasOwn(files, name) ? files[name] : undefined
      if (!file) throw notFound('file')
      return answer(reply, file[0], await file[1]())
    },
  },
  {
    method: 'GET',
    path: '/metrics',
    may: 'desk.manage',
    summary: 'Get the metrics, in the format of Prometheus; also with the bearer of METRICS_TOKEN',
    handle: async (_, __, ___, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  },
]
