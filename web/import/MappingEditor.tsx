import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Mapping } from '#shared/import/mapping.ts'
import type { ImportDetail } from '#shared/import.ts'
import { Section } from '#web/core/Page.tsx'
import { ColumnTable } from '#web/import/ColumnTable.tsx'
import { unchosen, type Recognised } from '#web/import/mapping.ts'
import { MatrixTable, type Adopting } from '#web/import/MatrixTable.tsx'
import { Preview } from '#web/import/Preview.tsx'
import { SavedMappings } from '#web/import/SavedMappings.tsx'
import { WordTables } from '#web/import/WordTables.tsx'
import { counted } from '#web/import/words.ts'
import styles from './import.module.css'

interface Props {
  readonly detail: ImportDetail
  readonly mapping: Mapping
  readonly recognised: Recognised
  readonly adopting: Adopting
  readonly change: (to: Mapping) => void
}

/** How a file is read: every choice is kept at once, and the preview shows what it makes of the first rows. */
export function MappingEditor({ detail, mapping, recognised, adopting, change }: Props) {
  return (
    <>
      <Section title="What was recognised" about={factsOf(recognised, mapping)}>
        <Warnings detail={detail} mapping={mapping} recognised={recognised} />
        <Basics mapping={mapping} unsure={recognised.datesUnsure} change={change} />
        <SavedMappings mapping={mapping} change={change} />
      </Section>
      <Section title="Columns" about="What each column of the file becomes.">
        <ColumnTable mapping={mapping} recognised={recognised} change={change} />
      </Section>
      <Section title="Values" about="What the words of the file mean here.">
        <WordTables mapping={mapping} recognised={recognised} change={change} />
      </Section>
      {mapping.matrix.length > 0 && (
        <Section title="Priorities" about="What each impact and urgency makes, as most rows of the file have it.">
          <MatrixTable mapping={mapping} adopting={adopting} />
        </Section>
      )}
      <Section title="The first rows" about="As they would become.">
        <Preview rows={detail.preview} />
      </Section>
    </>
  )
}

const signs: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

function factsOf({ type, charset, delimiter, rows, columns }: Recognised, mapping: Mapping) {
  const how =
    type === 'xlsx'
      ? 'an Excel workbook'
      : `text in ${charset.toUpperCase()} with ${signs[delimiter] ?? delimiter} between`
  const what = mapping.rows === 'updates' ? 'each row is one update of a record' : 'each row is a record as it now is'
  return `${counted(rows, 'row')} and ${counted(columns.length, 'column')}, ${how}; ${what}.`
}

function Warnings({ detail: { wrong }, mapping, recognised }: Pick<Props, 'detail' | 'mapping' | 'recognised'>) {
  const missing = unchosen(mapping, recognised.columns).map(
    ({ title, rows }) =>
      `${title}: nothing is chosen for the value of ${counted(rows, 'row')}; they would not be taken`,
  )
  const all = [...wrong, ...recognised.warnings, ...missing]
  if (all.length === 0) return null
  return (
    <ul className={styles.warnings} aria-label="Look at this first">
      {all.map((text) => (
        <li key={text} data-wrong={wrong.includes(text) || undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}

interface BasicsProps {
  readonly mapping: Mapping
  readonly unsure: boolean
  readonly change: (mapping: Mapping) => void
}

function Basics({ mapping, unsure, change }: BasicsProps) {
  return (
    <div className={styles.basics}>
      <Typed
        key={`system ${mapping.system}`}
        label="From which system"
        about="The same number from there is the same record, next time too"
        name="system"
        mapping={mapping}
        change={change}
      />
      <Typed
        key={`organisation ${mapping.organisation}`}
        label="Whose records"
        about="The organisation, where no column says it"
        name="organisation"
        mapping={mapping}
        change={change}
      />
      <Typed
        key={`zone ${mapping.zone}`}
        label="Time zone"
        about="Of times that name none"
        name="zone"
        mapping={mapping}
        change={change}
      />
      <NativeSelect
        label="Days are written"
        description={unsure ? 'The file does not tell: choose' : 'As the times of the file tell'}
        value={mapping.dates}
        data={[
          { value: 'dmy', label: 'Day, month, year' },
          { value: 'mdy', label: 'Month, day, year' },
          { value: 'ymd', label: 'Year, month, day' },
        ]}
        onChange={(event) => change(parsed({ ...mapping, dates: event.currentTarget.value }, mapping))}
      />
      <NativeSelect
        label="A row is"
        description="Updates become history, one by one"
        value={mapping.rows}
        data={[
          { value: 'updates', label: 'One update of a record' },
          { value: 'records', label: 'A record as it now is' },
        ]}
        onChange={(event) => change(parsed({ ...mapping, rows: event.currentTarget.value }, mapping))}
      />
      {mapping.rows === 'updates' && (
        <NativeSelect
          label="Updates stand"
          description="Those of one record"
          value={mapping.order}
          data={[
            { value: 'as-written', label: 'In their order' },
            { value: 'newest-first', label: 'Newest first' },
            { value: 'by-time', label: 'In no order: by their time' },
          ]}
          onChange={(event) => change(parsed({ ...mapping, order: event.currentTarget.value }, mapping))}
        />
      )}
    </div>
  )
}

const parsed = (given: object, mapping: Mapping) => Mapping.safeParse(given).data ?? mapping

interface TypedProps {
  readonly label: string
  readonly about: string
  readonly name: 'system' | 'organisation' | 'zone'
  readonly mapping: Mapping
  readonly change: (mapping: Mapping) => void
}

/** What is typed is kept when the field is left, or with Enter; what cannot be is said at the field. */
function Typed({ label, about, name, mapping, change }: TypedProps) {
  const [value, setValue] = useState(mapping[name])
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
