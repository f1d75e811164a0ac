import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Mapping } from '#shared/import/mapping.ts'
import styles from './basics.module.css'

interface Changing {
  readonly mapping: Mapping
  readonly change: (mapping: Mapping) => void
}

const typed = [
  {
    name: 'system',
    label: 'From which system',
    about: 'The same number from there is the same record, next time too',
  },
  { name: 'organisation', label: 'Whose records', about: 'The organisation, where no column says it' },
  { name: 'zone', label: 'Time zone', about: 'Of times that name none' },
] as const

const dates = [
  { value: 'dmy', label: 'Day, month, year' },
  { value: 'mdy', label: 'Month, day, year' },
  { value: 'ymd', label: 'Year, month, day' },
]

const rows = [
  { value: 'updates', label: 'One update of a record' },
  { value: 'records', label: 'A record as it now is' },
]

const orders = [
  { value: 'as-written', label: 'In their order' },
  { value: 'newest-first', label: 'Newest first' },
  { value: 'by-time', label: 'In no order: by their time' },
]

/** What is so of the whole file: whose it is, and how its times and rows are read. */
export function Basics({ unsure, ...changing }: Changing & { readonly unsure: boolean }) {
  const { mapping } = changing
  return (
    <div className={styles.basics}>
      {typed.map((field) => (
        <Typed key={field.name} {...field} {...changing} />
      ))}
      <Chosen
        name="dates"
        label="Days are written"
        about={unsure ? 'The file does not tell: choose' : 'As the times of the file tell'}
        data={dates}
        {...changing}
      />
      <Chosen name="rows" label="A row is" about="Updates become history, one by one" data={rows} {...changing} />
      {mapping.rows === 'updates' && (
        <Chosen name="order" label="Updates stand" about="Those of one record" data={orders} {...changing} />
      )}
    </div>
  )
}

interface FieldProps<Name extends keyof Mapping> extends Changing {
  readonly name: Name
  readonly label: string
  readonly about: string
}

/** What is typed is kept when the field is left, or with Enter; what cannot be is said at the field. */
function Typed({ label, about, name, mapping, change }: FieldProps<'system' | 'organisation' | 'zone'>) {
  const [value, setValue] = useState(mapping[name])
  const [known, setKnown] = useState(mapping[name])
  // Another mapping was chosen: what is typed here is no longer meant, but whoever is in the field stays in it.
  if (mapping[name] !== known) {
    setKnown(mapping[name])
    setValue(mapping[name])
  }
  const checked = Mapping.shape[name].safeParse(value)
  const keep = () => {
    if (checked.success && checked.data !== mapping[name]) change({ ...mapping, [name]: checked.data })
  }
  return (
    <TextInput
      label={label}
      description={about}
      value={value}
      error={checked.success ? undefined : checked.error.issues[0]?.message}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
      }}
    />
  )
}

interface ChosenProps extends FieldProps<'dates' | 'rows' | 'order'> {
  readonly data: { readonly value: string; readonly label: string }[]
}

function Chosen({ label, about, name, data, mapping, change }: ChosenProps) {
  return (
    <NativeSelect
      label={label}
      description={about}
      value={mapping[name]}
      data={data}
      onChange={(event) => change({ ...mapping, [name]: event.currentTarget.value })}
    />
  )
}
