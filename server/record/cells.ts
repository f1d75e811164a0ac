import type { Field, Fields } from '#shared/filter/fields.ts'

export type Cell = string | number | boolean | null

/** The head of a table of these fields: what each is called. */
export const headOf = (fields: Fields, names: readonly string[]): Cell[] =>
  names.map((name) => fields[name]?.label ?? name)

/** A record as a row of a table: references by name, choices by what they are called, times in UTC. */
export const rowOf = (fields: Fields, names: readonly string[]) => (record: object) =>
  names.map((name) => cellOf(fields[name], valueOf(record, name)))

function valueOf(record: object, name: string): unknown {
  if (!name.startsWith('custom.')) return propertyOf(record, name)
  return propertyOf(propertyOf(record, 'custom'), name.slice('custom.'.length))
}

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined

const cellOf = (field: Field | undefined, value: unknown): Cell =>
  field?.values?.find((choice) => choice.value === value)?.label ?? plain(value)

function plain(value: unknown): Cell {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null) return nameOf(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function nameOf(value: object): Cell {
  const name = propertyOf(value, 'name')
  return typeof name === 'string' ? name : null
}
