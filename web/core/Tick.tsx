import type { ChangeEventHandler } from 'react'
import styles from './grid.module.css'

interface TickProps {
  label: string
  checked: boolean
  /** Some of what it stands for is ticked, and some is not. */
  partly?: boolean
  onChange: ChangeEventHandler<HTMLInputElement>
  skipped?: boolean
}

/** A box to tick in a grid. It is the browser's own, since there is one in every row. */
export function Tick({ label, checked, partly = false, onChange, skipped = false }: TickProps) {
  const show = (box: HTMLInputElement | null) => {
    if (box) box.indeterminate = partly
  }
  return (
    <input
      ref={show}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked}
      onChange={onChange}
      {...(skipped && { tabIndex: -1 })}
    />
  )
}
