import { invalid } from '#server/core/refusal.ts'
import type { Record as AnyRecord } from '#shared/records.ts'

type Read = (record: AnyRecord, me: string) => string

/** What may stand between {{ and }} in a text for the requester, and what is put there. */
const placeholders: Readonly<Record<string, Read>> = {
  requester: ({ requester }) => requester.name,
  'requester.first': ({ requester }) => requester.name.split(/\s+/)[0] ?? requester.name,
  number: ({ number }) => number,
  title: ({ title }) => title,
  me: (_, me) => me,
  team: ({ team }) => team?.name ?? 'the service desk',
  service: ({ service }) => service?.name ?? 'the service',
}

const pattern = /\{\{([^{}]*)\}\}/g

/** Refuses a text with a placeholder that would be left standing in a letter to somebody. */
export function requireKnown(field: string, text: string) {
  const names = [...text.matchAll(pattern)].map(([, name = '']) => name.trim())
  const unknown = names.find((name) => !Object.hasOwn(placeholders, name))
  if (unknown === undefined) return
  const known = Object.keys(placeholders).map((name) => `{{${name}}}`)
  throw invalid({ [field]: `There is no {{${unknown.slice(0, 40)}}}; there are ${known.join(', ')}` })
}

/** Puts what is true of a record in the place of each placeholder, once: what was put there is not read again. */
export const fillIn = (text: string, record: AnyRecord, me: string) =>
  text.replaceAll(pattern, (whole, name: string) => placeholders[name.trim()]?.(record, me) ?? whole)
