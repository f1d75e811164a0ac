import styles from './choices.module.css'

interface ChoicesProps<T extends string> {
  readonly of: readonly (readonly [T, string])[]
  readonly chosen: string
  readonly choose: (value: T) => void
}

/** A few words beside each other, one of them chosen. */
export function Choices<T extends string>({ of, chosen, choose }: ChoicesProps<T>) {
  return (
    <div className={styles.choices}>
      {of.map(([value, label]) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {label}
        </button>
      ))}
    </div>
  )
}
