import { keyCaps } from '#web/core/keys.ts'

/** The keys of a command, drawn as keys. */
export function Keys({ keys }: { keys: string | undefined }) {
  if (keys === undefined) return null
  return (
    <span aria-hidden="true" className="keys">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
