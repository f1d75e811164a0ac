import type { z } from 'zod'
import type { Permission } from '#shared/access.ts'

/**
 * Who may call an endpoint: the holders of a permission, everyone who is signed in, or everyone at all.
 * What is open to `anyone` is listed by name in `server/core/open-routes.ts`; a desk with another one does not start.
 */
export type May = Permission | 'signed-in' | 'anyone'

/** One operation of the public API, as a plain value: the server serves it, the web calls it, the docs print it. */
export interface Endpoint<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  readonly may: May
  /** Also for whom a link in a letter let in, as far as it is about the one record that the link opens. */
  readonly byLink?: true
  readonly summary: string
  readonly input: I
  readonly output: O
  /** It is told or tells a secret, so no copy of it is kept: sent again under its key, it is refused as done. */
  readonly secret?: boolean
}

export type Input<E extends Endpoint> = z.input<E['input']>
export type Output<E extends Endpoint> = z.output<E['output']>

export function endpoint<I extends z.ZodObject, O extends z.ZodType>(spec: Endpoint<I, O>): Endpoint<I, O> {
  return spec
}

/** What an operation is called where one is named as a value. */
export const verbOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`

/** What names the record in the path of an operation on one record. */
export const keyIn = ({ path }: Pick<Endpoint, 'path'>) => /:(\w+)/.exec(path)?.[1] ?? 'id'

/** The one rule of where input travels: named in the path → path; GET and DELETE → query; otherwise → body. */
export function toRequest({ method, path }: Endpoint, input: Record<string, unknown>) {
  const rest = { ...input }
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value.toWellFormed())
  })
  if (method !== 'GET' && method !== 'DELETE') return { method, url: filled, body: JSON.stringify(rest) }

  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null) query.append(name, `${value as string | number | boolean}`)
  }
  return { method, url: query.size > 0 ? `${filled}?${query.toString()}` : filled }
}
