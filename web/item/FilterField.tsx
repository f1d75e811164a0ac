import { TextInput } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { predicates } from '#shared/fields.ts'
import { complete } from '#shared/filter/complete.ts'
import type { Fields } from '#shared/filter/fields.ts'
import { spokenFields, describe, readFilter, useFields } from '#web/item/dictionary.ts'
import styles from './filterField.module.css'
import { t } from '#web/core/words.ts'

interface FilterFieldProps {
  readonly label: string
  readonly kind: string
  readonly value: string
  readonly onChange: (filter: string) => void
  readonly error?: string | undefined
  /** What an empty filter means here. */
  readonly empty: string
  /** What can be asked here beside the fields of the kind. */
  readonly more?: Fields
  readonly placeholder?: string
  /** Offers what could come next only while somebody is here, where many of them stand together. */
  readonly calm?: boolean
}

/** A filter in a form: checked while it is typed, told in words, with what could come next. */
export function FilterField({ label, kind, value, onChange, error, empty, ...rest }: FilterFieldProps) {
  const { more, placeholder = 'service.tier:1 -team:any', calm = false } = rest
  const own = useFields(kind)
  const fields = useMemo(() => ({ ...own, ...more }), [own, more])
  const input = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState(value.length)
  const read = readFilter(value, fields)
  const wrong = 'wrong' in read && value.trim() !== '' ? `${read.wrong.message} ${read.wrong.mend}` : undefined
  const words = 'filter' in read && value.trim() !== '' ? describe(read.filter, fields) : empty
  const { from, to, suggestions } = complete(value, caret, spokenFields(fields), predicates)
  const take = (text: string) => {
    onChange(value.slice(0, from) + text + value.slice(to))
    setCaret(from + text.length)
    input.current?.focus()
  }
  return (
    <div className={styles.field} data-calm={calm || undefined}>
      <TextInput
        ref={input}
        label={label}
        classNames={{ input: 'mono' }}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        error={wrong ?? error}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value)
          setCaret(currentTarget.selectionStart ?? currentTarget.value.length)
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
      />
      {!wrong && <output className={styles.words}>{words}</output>}
      <div className={styles.next}>
        {suggestions.slice(0, 8).map(({ text, label: said, values }) => (
          <button key={text} type="button" title={t(said, values)} onClick={() => take(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  )
}
