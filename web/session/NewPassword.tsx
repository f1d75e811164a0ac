import { PasswordInput } from '@mantine/core'
import { Check, Circle } from 'lucide-react'
import type { ChangeEvent } from 'react'
import styles from './session.module.css'

interface NewPasswordProps {
  label: string
  value: string
  error: string | undefined
  onChange: (event: ChangeEvent<HTMLInputElement>) => void
  /** What would be guessed first: one's own name and address. */
  own: readonly string[]
}

/** A new password, and what would make it a good one, said while it is typed. The server has the last word. */
export function NewPassword({ label, value, error, onChange, own }: NewPasswordProps) {
  return (
    <div>
      <PasswordInput
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        label={label}
        name="new-password"
        autoComplete="new-password"
        value={value}
        error={error}
        onChange={onChange}
      />
      <ul className={styles.hints} aria-label="What makes a good password">
        {hintsFor(value, own).map(({ text, met }) => (
          <li key={text} data-met={met || undefined}>
            {met ? <Check size={14} aria-hidden="true" /> : <Circle size={14} aria-hidden="true" />}
            {text}
            {met && <span className="unseen"> (done)</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function hintsFor(password: string, own: readonly string[]) {
  const folded = password.toLowerCase()
  const parts = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= 4)
  const some = password !== ''
  return [
    { text: lengthHint(password.length), met: password.length >= 12 },
    { text: 'Not your name or e-mail address', met: some && !parts.some((part) => folded.includes(part)) },
    { text: 'A few unrelated words are easy to remember', met: new Set(folded).size >= 8 && password.length >= 16 },
  ]
}

const lengthHint = (length: number) =>
  length === 0 || length >= 12 ? 'At least 12 characters' : `At least 12 characters, ${12 - length} to go`
