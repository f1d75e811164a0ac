import { closePalette, palette } from '#web/core/palette.ts'
import { signal } from '#web/core/signal.ts'

/** What was typed for a palette before it could take it. */
export const typedAhead = signal('')

/** Keeps a key for a palette that is open, and says whether it was one for it. */
export function typeAhead({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  if (ctrlKey || metaKey || altKey) return false
  if (key === 'Escape') closePalette()
  else if (key === 'Backspace') typedAhead.set(typedAhead.get().slice(0, -1))
  else if (isSign(key)) typedAhead.set(typedAhead.get() + key)
  else return false
  return true
}

/** Whether a key writes something, rather than having a name such as `Enter`. */
export const isSign = (key: string) => /^.$/su.test(key)

/** From the moment that a palette opens, what is typed is meant for it, wherever the focus still is. */
palette.watch(() => {
  typedAhead.set('')
  window.removeEventListener('keydown', catchKey, true)
  if (palette.get() !== null) window.addEventListener('keydown', catchKey, true)
})

function catchKey(event: KeyboardEvent) {
  if (event.isComposing || document.querySelector('#palette-choices') !== null || !typeAhead(event)) return
  event.preventDefault()
  event.stopPropagation()
}
