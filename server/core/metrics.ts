import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export const registry = new Registry()

const requests = new Histogram({
  name: 'steward_http_request_seconds',
  help: 'Time that requests took, by method, route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
})

/** Says what the process does and uses, from its start on. */
export function measureProcess() {
  collectDefaultMetrics({ register: registry, prefix: 'steward_' })
}

export function gauge(name: string, help: string, read: () => Promise<number> | number) {
  registry.removeSingleMetric(name)
  return new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read())
    },
  })
}

export function measureRequests(app: FastifyInstance) {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}
