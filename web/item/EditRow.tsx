import { UnstyledButton } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

interface RowProps {
  label: string
  children: ReactNode
}

/** A property: what it is called, and what it is. */
export function PropertyRow({ label, children }: RowProps) {
  return (
    <div className={styles.property}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface ChoiceRowProps extends RowProps {
  /** Nothing to be done where this is left out: the property is then only read. */
  onEdit?: (() => void) | undefined
  keys?: string
}

/** A property whose value is chosen; choosing opens the palette on a page of its own. */
export function ChoiceRow({ label, onEdit, keys, children }: ChoiceRowProps) {
  return (
    <PropertyRow label={label}>
      {onEdit ? (
        <UnstyledButton
          className={styles.value ?? ''}
          onClick={onEdit}
          title={keys === undefined ? undefined : `${label} (${keys.toUpperCase()})`}
        >
          <span className="unseen">{t('Change: {label}', { label })}</span>
          {children}
        </UnstyledButton>
      ) : (
        <span className={styles.fixed}>{children}</span>
      )}
    </PropertyRow>
  )
}

interface TextRowProps {
  label: string
  value: string | null
  onSave?: ((value: string | null) => void) | undefined
  /** What to show instead of the bare value. */
  shown?: ReactNode
  type?: 'text' | 'number' | 'datetime-local'
}

/** A property that is typed: Enter or leaving it saves, Escape does not. */
export function TextRow({ label, value, onSave, shown, type = 'text' }: TextRowProps) {
  const [draft, setDraft] = useState<string | null>(null)
  if (!onSave) return <PropertyRow label={label}>{shown ?? value ?? <None />}</PropertyRow>
  if (draft === null) {
    return (
      <ChoiceRow label={label} onEdit={() => setDraft(value ?? '')}>
        {shown ?? value ?? <None />}
      </ChoiceRow>
    )
  }
  const save = () => {
    const next = draft.trim() === '' ? null : draft.trim()
    setDraft(null)
    if (next !== value) onSave(next)
  }
  return (
    <PropertyRow label={label}>
      <InlineText
        label={label}
        type={type}
        value={draft}
        onChange={setDraft}
        onSave={save}
        onCancel={() => setDraft(null)}
      />
    </PropertyRow>
  )
}

interface InlineTextProps {
  label: string
  value: string
  onChange: (value: string) => void
  onSave: () => void
  onCancel: () => void
  type?: string
  className?: string | undefined
}

function InlineText({ label, value, onChange, onSave, onCancel, type = 'text', className }: InlineTextProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onSave()
    else if (event.key === 'Escape') onCancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <input
      ref={focusOnce}
      className={className ?? styles.inlineText}
      type={type}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onSave}
      onKeyDown={onKeyDown}
    />
  )
}

function focusOnce(input: HTMLInputElement | null) {
  input?.focus()
}

/** A record's title: read until it is clicked. */
export function EditTitle({ title, onSave }: { title: string; onSave?: ((title: string) => void) | undefined }) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft.trim() !== '' && draft.trim() !== title) onSave?.(draft.trim())
    setDraft(null)
  }
  if (draft === null) {
    return (
      <h1 className={styles.title}>
        <span>{title}</span>
        {onSave && (
          <UnstyledButton
            aria-label={t('Change the title')}
            className={styles.pencil ?? ''}
            onClick={() => setDraft(title)}
          >
            <Pencil size={14} aria-hidden="true" />
          </UnstyledButton>
        )}
      </h1>
    )
  }
  return (
    <InlineText
      label={t('Title')}
      className={styles.titleText}
      value={draft}
      onChange={setDraft}
      onSave={save}
      onCancel={() => setDraft(null)}
    />
  )
}

export const None = ({ children = t('None') }: { children?: ReactNode }) => (
  <span className={styles.quiet}>{children}</span>
)
