import type { QueryClient } from '@tanstack/react-query'
import type { Endpoint, Input, Output } from '#shared/core/endpoint.ts'
import { call, readAgain } from '#web/core/api.ts'
import { say, sayWrong } from '#web/core/toast.ts'

/** A write about an item that is not a change of its fields: a link, a task, a watcher. Refused, it says why. */
export async function attempt<E extends Endpoint>(
  client: QueryClient,
  endpoint: E,
  input: Input<E>,
  done?: string,
): Promise<Output<E> | undefined> {
  try {
    const answer = await call(endpoint, input)
    if (done !== undefined) say(done)
    await readAgain(client)
    return answer
  } catch (error) {
    sayWrong(error)
    return undefined
  }
}
