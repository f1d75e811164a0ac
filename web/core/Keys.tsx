import { keyCaps } from '#web/core/keys.ts'

/** The keys of a command, drawn as keys. */
export function Keys({ keys }: { keys: string | undefined }) {
  if (keys === undefined) return null
  return (
    <span aria-hidden="true" style={{ display: 'inline-flex', gap: 3, flex: 'none' }}>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
