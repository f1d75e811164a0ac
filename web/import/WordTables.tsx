import { NativeSelect } from '@mantine/core'
import type { Mapping } from '#shared/import/mapping.ts'
import { choiceFor, withChoice, wordLists, type Recognised } from '#web/import/mapping.ts'
import { counted } from '#web/import/words.ts'
import styles from './words.module.css'

interface Props {
  readonly mapping: Mapping
  readonly recognised: Recognised
  readonly change: (mapping: Mapping) => void
}

/** For each column whose words have a meaning of their own here: which. */
export function WordTables({ mapping, recognised, change }: Props) {
  const unknown = new Set(mapping.unknown)
  const lists = wordLists.flatMap((words) => {
    const column = recognised.columns.find(({ name }) => name === mapping.columns[words.target])
    const values = column?.values.filter(({ value }) => !unknown.has(value)).slice(0, most) ?? []
    return values.length > 0 ? [{ ...words, values }] : []
  })
  return (
    <div className={styles.words}>
      {lists.map(({ list, title, choices, values }) => (
        <fieldset key={list}>
          <legend>{title}</legend>
          {values.map(({ value, rows }) => (
            <div key={value} className={styles.word}>
              <span>
                {value} <small>{counted(rows, 'row')}</small>
              </span>
              <NativeSelect
                aria-label={`What ${value} means for ${title.toLowerCase()}`}
                value={choiceFor(mapping, list, value)}
                data={[{ value: '', label: 'Choose…', disabled: true }, ...choices]}
                onChange={(event) => change(withChoice(mapping, list, { value, choice: event.currentTarget.value }))}
              />
            </div>
          ))}
        </fieldset>
      ))}
    </div>
  )
}

const most = 60
