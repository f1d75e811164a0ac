import { useEffect, useLayoutEffect, useRef } from 'react'
import { holding, isField } from '#web/core/hold.ts'
import { readPref } from '#web/core/prefs.ts'
import { t } from '#web/core/words.ts'

/** Something that can be done: by key, from the palette, from a menu. One value serves all of them. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly section: string
  /** Keys as a person reads them, such as `mod+k`, `shift+enter`, `g q` or `?`; several are parted by ` | `. */
  readonly keys?: string
  readonly when?: () => boolean
  readonly run: () => void
  /** Works while somebody types as well. */
  readonly typing?: boolean
  /** Known to the keyboard and its help alone. */
  readonly unlisted?: boolean
}

type Source = () => readonly Command[]

const sources: Source[] = []

/** Offer commands for as long as a component is shown; those of the newest component win. */
export function useCommands(commands: readonly Command[]) {
  const current = useRef(commands)
  useLayoutEffect(() => {
    current.current = commands
  })
  useEffect(() => {
    const source: Source = () => current.current
    sources.unshift(source)
    return () => {
      sources.splice(sources.indexOf(source), 1)
    }
  }, [])
}

/** All commands that this page knows, whether they apply now or not. */
export const allCommands = (): readonly Command[] => [
  ...new Map(sources.toReversed().flatMap((source) => source().map((command) => [command.id, command]))).values(),
]

/** All commands that apply now, the innermost first, each id once. */
export function commandsNow(): readonly Command[] {
  const seen = new Map<string, Command>()
  for (const source of sources) {
    for (const command of source()) {
      if (!seen.has(command.id) && (command.when?.() ?? true)) seen.set(command.id, command)
    }
  }
  return [...seen.values()]
}

const sequenceTime = 1200

/**
 * Listen to the keyboard. Once, in the shell. While a page is on its way, keys wait for it: what is pressed after the
 * address changed is meant for the record that is there then.
 */
export function useKeyboard(isMoving: () => boolean) {
  const moving = useRef(isMoving)
  useLayoutEffect(() => {
    moving.current = isMoving
  })
  useEffect(() => {
    const press = strokes()
    const hold = holding(() => moving.current(), { isKnown, press })
    // A key that closes a dialog has done its work, though the page beneath is in reach by the time that it is heard.
    const beganInDialog = new WeakSet<KeyboardEvent>()
    const onKeyFirst = (event: KeyboardEvent) => {
      if (isDialogOpen()) beganInDialog.add(event)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || keyOf(event) === undefined || hold(event)) return
      if (beganInDialog.has(event) && !isDialogOpen()) return
      if (press(event)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyFirst, { capture: true })
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKeyFirst, { capture: true })
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}

/** Does what a key asks for, by itself or as the end of a sequence, and says whether it asked for anything. */
function strokes() {
  let before = ''
  let until = 0
  return (event: KeyboardEvent) => {
    const key = keyOf(event) ?? ''
    const sequence = before !== '' && event.timeStamp < until ? `${before} ${key}` : key
    const command = find(sequence, event) ?? find(key, event)
    before = ''
    if (command) command.run()
    else if (!isTyping(event) && begins(key)) {
      before = key
      until = event.timeStamp + sequenceTime
    }
    return command !== undefined
  }
}

/** The keys of a command as they are shown side by side: `mod+k` → Ctrl K, `g q` → G and Q. */
export function keyCaps(keys: string): readonly string[] {
  const first = keys.split(' | ')[0] ?? ''
  return first.split(' ').map((stroke) => stroke.split('+').map(capOf).join(' '))
}

const capOf = (key: string) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)

const isMac = navigator.platform.startsWith('Mac')

const caps: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : t('Ctrl'),
  shift: '⇧',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  pagedown: t('PgDn'),
  pageup: t('PgUp'),
  home: t('Home'),
  end: t('End'),
  f6: 'F6',
}

const spellings = ({ keys }: Command) => keys?.split(' | ') ?? []

function find(sequence: string, event: KeyboardEvent) {
  const free = mayUseSingleKeys(event)
  return commandsNow().find(
    (command) =>
      spellings(command).includes(sequence) && (command.typing === true || (free && !isInDialog(command.id))),
  )
}

/** Whether a key, with what is held down beside it, is one that pages listen to. */
const isKnown = (event: KeyboardEvent) =>
  allCommands().some((command) =>
    spellings(command).some((spelling) => spelling.split(' ').includes(keyOf(event) ?? '')),
  )

const begins = (key: string) =>
  commandsNow().some((command) => spellings(command).some((spelling) => spelling.startsWith(`${key} `)))

function mayUseSingleKeys(event: KeyboardEvent) {
  if (isTyping(event)) return false
  const single = !event.ctrlKey && !event.metaKey && event.key.length === 1
  return !single || readPref('singleKeys') !== 'off'
}

const isTyping = ({ target }: KeyboardEvent) => isField(target)

/** While a dialog is open the page beneath it is out of reach, for keys as for the mouse. */
const isInDialog = (id: string) => !id.startsWith('dialog.') && isDialogOpen()

const isDialogOpen = () => document.querySelector('[aria-modal="true"]') !== null

function keyOf(event: KeyboardEvent) {
  if (event.isComposing || modifiers.has(event.key)) return undefined
  if (event.getModifierState('AltGraph')) return event.key.toLowerCase()
  if (event.altKey) return undefined
  return modifiersOf(event) + (event.key === ' ' ? 'space' : event.key.toLowerCase())
}

function modifiersOf({ ctrlKey, metaKey, shiftKey, key }: KeyboardEvent) {
  const mod = ctrlKey || metaKey ? 'mod+' : ''
  return shiftKey && (mod !== '' || showsShift(key)) ? `${mod}shift+` : mod
}

/** Letters and named keys are written with their shift; signs such as `?` already hold it. */
const showsShift = (key: string) => key.length > 1 || /^\p{L}$/u.test(key)

const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'])
