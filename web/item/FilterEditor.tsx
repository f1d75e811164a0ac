import { useEffect, useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { complete, type Suggestion } from '#shared/filter/complete.ts'
import type { FilterError } from '#shared/filter/error.ts'
import type { Fields } from '#shared/filter/fields.ts'
import { predicates } from '#shared/fields.ts'
import { readFilter, spokenFields } from '#web/item/dictionary.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

interface FilterEditorProps {
  text: string
  fields: Fields
  apply: (text: string) => void
  close: () => void
  focus: boolean
}

/** A filter as text, with what could come next, and what is wrong with it at the very place. */
export function FilterEditor({ text, fields, apply, close, focus }: FilterEditorProps) {
  const id = useId()
  const { input, draft, wrong, shown, at, setAt, setHere, setCaret, write, take } = useFilterDraft(text, fields, focus)
  const chosen = shown[at]
  const done = () => {
    if (wrong) return
    apply(draft.trim())
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const acts: Readonly<Record<string, () => void>> = {
      Escape: close,
      ArrowDown: () => setAt(Math.min(shown.length - 1, at + 1)),
      ArrowUp: () => setAt(Math.max(-1, at - 1)),
      Enter: () => (chosen ? take(chosen.text) : done()),
      ...(shown.length > 0 && { Tab: () => take((chosen ?? shown[0])?.text ?? '') }),
    }
    heed(event, acts)
  }
  const leave = () => {
    setHere(false)
    if (!wrong && draft.trim() === text) close()
  }

  return (
    <div className={styles.editor}>
      <input
        ref={input}
        role="combobox"
        aria-label={t('Filter')}
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-choices`}
        aria-activedescendant={chosen && `${id}-${at}`}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong && `${id}-wrong`}
        className={styles.text}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('is:open priority<=2 team:my-team created>-7d, or words to find')}
        value={draft}
        onChange={({ currentTarget: { value, selectionStart } }) => write(value, selectionStart ?? value.length)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onFocus={() => setHere(true)}
        onBlur={leave}
      />
      <Wrong id={`${id}-wrong`} wrong={wrong} draft={draft} />
      <Suggestions id={id} shown={shown} at={at} take={take} />
    </div>
  )
}

/** What is being typed, and what could be: suggestions for the place of the caret, while the editor has the focus. */
function useFilterDraft(text: string, fields: Fields, focus: boolean) {
  const input = useEnd(focus)
  const [draft, setDraft] = useState(text === '' ? '' : `${text} `)
  const [caret, setCaret] = useState(draft.length)
  const [at, setAt] = useState(-1)
  const [here, setHere] = useState(focus)
  const { from, to, suggestions } = complete(draft, caret, spokenFields(fields), predicates)
  const write = (next: string, position: number) => {
    setDraft(next)
    setCaret(position)
    setAt(-1)
  }
  const take = (suggestion: string) => {
    const position = from + suggestion.length
    write(draft.slice(0, from) + suggestion + draft.slice(to), position)
    requestAnimationFrame(() => input.current?.setSelectionRange(position, position))
  }
  const shown = here ? suggestions.slice(0, 10) : []
  return { input, draft, wrong: wrongIn(draft, fields), shown, at, setAt, setHere, setCaret, write, take }
}

function wrongIn(text: string, fields: Fields) {
  const read = readFilter(text, fields)
  return 'wrong' in read ? read.wrong : undefined
}

/** The focus comes with the editor, behind what is written already. */
function useEnd(focus: boolean) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!focus || !input.current) return
    input.current.focus()
    input.current.setSelectionRange(input.current.value.length, input.current.value.length)
  }, [focus])
  return input
}

function heed(event: KeyboardEvent, acts: Readonly<Record<string, () => void>>) {
  const act = event.shiftKey ? undefined : acts[event.key]
  if (!act) return
  act()
  event.preventDefault()
  event.stopPropagation()
}

function Wrong({ id, wrong, draft }: { id: string; wrong: FilterError | undefined; draft: string }) {
  if (!wrong || draft.trim() === '') return null
  return (
    <div id={id} className={styles.wrong} aria-live="polite">
      <span className={styles.caret} aria-hidden="true">
        {' '.repeat(Math.min(wrong.at, draft.length))}
        {'^'.repeat(Math.max(1, Math.min(wrong.length, draft.length - wrong.at)))}
      </span>
      <span>
        {wrong.message} {wrong.mend}
      </span>
    </div>
  )
}

interface SuggestionsProps {
  id: string
  shown: readonly Suggestion[]
  at: number
  take: (text: string) => void
}

function Suggestions({ id, shown, at, take }: SuggestionsProps) {
  if (shown.length === 0) return <div id={`${id}-choices`} hidden />
  return (
    <div id={`${id}-choices`} className={styles.suggestions} {...listBox} aria-label={t('What could come next')}>
      {shown.map(({ text, label, values }, index) => (
        <div
          key={text}
          id={`${id}-${index}`}
          aria-selected={index === at}
          {...option}
          {...{
            onMouseDown: (event: SyntheticEvent) => {
              event.preventDefault()
              take(text)
            },
          }}
        >
          <span className="mono">{text}</span> <small>{t(label, values)}</small>
        </div>
      ))}
    </div>
  )
}

const listBox = { role: 'listbox' } as const
const option = { role: 'option', tabIndex: -1 } as const
