import { palette } from '#web/core/palette.ts'
import { isSign, typeAhead } from '#web/core/typeAhead.ts'

const editable = 'input, textarea, select, [contenteditable="true"]'

/** Whether what is typed there is written, rather than asked for. */
export const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest(editable) !== null && !isTick(target)

/** Whether no control has the focus: one that has it is pressed by Enter and space, whatever else they do on the page. */
export const isFree = (element: Element | null) =>
  element === null || element === document.body || element.matches('[data-grid], [data-region]')

const pressesControl = ({ key }: KeyboardEvent) => (key === 'Enter' || key === ' ') && !isFree(document.activeElement)

const isTick = (target: Element) => target instanceof HTMLInputElement && target.type === 'checkbox'

let leaving = 0

/** Says that a page is about to be left, though the address does not tell yet, until the returned function is called. */
export function leave() {
  leaving += 1
  let over = false
  return () => {
    if (!over) leaving -= 1
    over = true
  }
}

const patience = 3_000
const frame = 16

interface Keyboard {
  readonly isKnown: (event: KeyboardEvent) => boolean
  readonly press: (event: KeyboardEvent) => unknown
}

/** Keeps keys while a page is on its way, and presses them in their order once it is there; says which it kept. */
export function holding(isMoving: () => boolean, { isKnown, press }: Keyboard) {
  const held: KeyboardEvent[] = []
  const waits = () => leaving > 0 || isMoving()

  const release = () => {
    while (held.length > 0 && !(waits() && isFresh(held[0]))) pressNext(held, press)
    if (held.length > 0) setTimeout(release, frame)
  }

  return (event: KeyboardEvent) => {
    if (isField(event.target) || pressesControl(event) || (held.length === 0 && !waits())) return false
    if (!isSign(event.key) && !isKnown(event)) return false
    event.preventDefault()
    held.push(event)
    if (held.length === 1) setTimeout(release, frame)
    return true
  }
}

const isFresh = (event: KeyboardEvent | undefined) =>
  event !== undefined && performance.now() - event.timeStamp < patience

/** A key that waited too long is forgotten; one that follows a question is part of its answer. */
function pressNext(held: KeyboardEvent[], press: (event: KeyboardEvent) => unknown) {
  const event = held.shift()
  if (!event || !isFresh(event)) return
  if (palette.get() !== null) typeAhead(event)
  else if (isField(document.activeElement)) held.length = 0
  else press(event)
}
