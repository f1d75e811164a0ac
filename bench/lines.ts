import { snake } from '#server/core/case.ts'

/** The columns of some fields. */
export const listed = (names: readonly string[]) => names.map(snake).join(', ')

export const valuesOf = (fields: Record<string, unknown>, names: readonly string[]) => names.map((name) => fields[name])

/** A row as COPY reads it. */
export const line = (values: readonly unknown[]) => `${values.map(cell).join('\t')}\n`

function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return `{${value.join(',')}}`
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}
