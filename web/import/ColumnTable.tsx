import { NativeSelect } from '@mantine/core'
import type { Mapping } from '#shared/import/mapping.ts'
import page from '#web/core/page.module.css'
import { usedAs, uses, withUse, type Column, type Recognised, type Use } from '#web/import/mapping.ts'
import styles from './columns.module.css'

interface Props {
  readonly mapping: Mapping
  readonly recognised: Recognised
  readonly change: (mapping: Mapping) => void
}

export function ColumnTable({ mapping, recognised: { columns, rows }, change }: Props) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Filled</th>
          <th scope="col">For example</th>
          <th scope="col">Becomes</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column.name} data-off={usedAs(mapping, column.name) === '' || undefined}>
            <td>
              <strong>{column.name}</strong>
            </td>
            <td data-label="Filled">{rows > 0 ? `${Math.round((100 * column.filled) / rows)} %` : ''}</td>
            <td className={styles.examples}>{examples(column)}</td>
            <td className={styles.becomes}>
              <NativeSelect
                aria-label={`What ${column.name} becomes`}
                value={usedAs(mapping, column.name)}
                data={uses.map(({ value, label }) => ({ value, label }))}
                onChange={(event) => change(withUse(mapping, column, named(event.currentTarget.value)))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const named = (value: string): Use => uses.find((one) => one.value === value)?.value ?? ''

const examples = ({ values }: Column) =>
  values
    .slice(0, 3)
    .map(({ value }) => (value.length > 40 ? `${value.slice(0, 40)}…` : value))
    .join(', ')
