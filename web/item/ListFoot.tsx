import { live } from '#web/core/live.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useSignal } from '#web/core/signal.ts'
import styles from './list.module.css'

const hints = [
  { keys: 'j', word: undefined },
  { keys: 'k', word: 'move' },
  { keys: 'enter', word: 'peek' },
  { keys: 'x', word: 'select' },
  { keys: '?', word: 'all keys' },
]

const words = { connecting: 'Connecting', live: 'Live', lost: 'Not live: changes show after a reload' }

/** The foot of a list: the keys worth knowing, and whether it changes by itself. */
export function ListFoot({ shown, capped }: { shown: number; capped: boolean }) {
  const state = useSignal(live)
  return (
    <div className={styles.foot}>
      <span className={styles.hints} aria-hidden="true">
        {hints.map(({ keys, word }) => (
          <span key={keys}>
            <Keys keys={keys} /> {word}
          </span>
        ))}
      </span>
      {capped && <span>Showing the first {shown.toLocaleString('en')}. Narrow the filter to see the rest.</span>}
      <output className={styles.live} data-state={state}>
        {words[state]}
      </output>
    </div>
  )
}
