import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FastifyInstance } from 'fastify'

const quiet = 10_000
/** What a first collection leaves behind as free pages, a second one gives back. */
const collections = 2

/** Gives the memory that a busy hour took back to the machine once nobody asks: Node alone would keep it. */
export function restWhenQuiet(app: Pick<FastifyInstance, 'addHook'>) {
  let asked = performance.now()
  let left = 0
  const collect = collector()
  app.addHook('onRequest', async () => {
    asked = performance.now()
    left = collections
  })
  const timer = setInterval(() => {
    if (left === 0 || performance.now() - asked < quiet) return
    left -= 1
    collect()
  }, quiet / 4).unref()
  return () => clearInterval(timer)
}

function collector() {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  return typeof gc === 'function' ? gc : () => {}
}
