import { live } from '#web/core/live.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useSignal } from '#web/core/signal.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

const hints = [
  { keys: 'j', word: undefined },
  { keys: 'k', word: t('move') },
  { keys: 'enter', word: t('peek') },
  { keys: 'x', word: t('select') },
  { keys: '?', word: t('all keys') },
]

const words = { connecting: t('Connecting'), live: t('Live'), lost: t('Not live: changes show after a reload') }

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
      {capped && <span>{t('Showing the first {shown}. Narrow the filter to see the rest.', { shown })}</span>}
      <output className={styles.live} data-state={state}>
        {words[state]}
      </output>
    </div>
  )
}
