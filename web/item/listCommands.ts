import { useNavigate } from '@tanstack/react-router'
import { isFree } from '#web/core/hold.ts'
import { useCommands, type Command } from '#web/core/keys.ts'
import { t } from '#web/core/words.ts'
import type { Cursor } from '#web/item/cursor.ts'
import type { ListPlace } from '#web/item/place.ts'

interface ListCommands {
  place: ListPlace
  cursor: Cursor
  showNews: () => void
}

/** The keys of a list. */
export function useListCommands({ place, cursor, showNews }: ListCommands) {
  const navigate = useNavigate()
  const { row } = cursor
  const peek = () => row && place.go({ peek: row.number }, { replace: place.peek !== undefined })
  const page = () => row && void navigate({ to: '/t/$number', params: { number: row.number } })
  const back = () => (place.peek === undefined ? cursor.clear() : place.without('peek'))
  useCommands([
    ...stepsOf(cursor, place.peek !== undefined),
    { id: 'peek', label: t('Peek at the record'), section, keys: 'o', run: peek },
    { ...hidden, id: 'peek-enter', label: t('Peek at the record'), keys: 'enter', run: peek },
    { id: 'page', label: t('Open the whole page'), section, keys: 'shift+enter', run: page },
    ...selectionOf(cursor),
    { id: 'back', label: t('Close the peek, or clear the selection'), section, keys: 'escape', run: back },
    { id: 'news', label: t('Show what is new'), section, keys: 'u', run: showNews },
  ])
}

const section = t('List')

/** Named keys belong to a control that has the focus; single letters do not. */
const hidden = { section, unlisted: true, when: () => isFree(document.activeElement) } as const

function stepsOf({ step }: Cursor, peeking: boolean): readonly Command[] {
  const when = () => peeking
  return [
    { id: 'down', label: t('Next row'), section, keys: 'j', run: () => step(1) },
    { id: 'up', label: t('Row before'), section, keys: 'k', run: () => step(-1) },
    { ...hidden, id: 'arrow-down', label: t('Next row'), keys: 'arrowdown', run: () => step(1) },
    { ...hidden, id: 'arrow-up', label: t('Row before'), keys: 'arrowup', run: () => step(-1) },
    { ...hidden, id: 'page-down', label: t('A page on'), keys: 'pagedown', run: () => step(20) },
    { ...hidden, id: 'page-up', label: t('A page back'), keys: 'pageup', run: () => step(-20) },
    { ...hidden, id: 'home', label: t('First row'), keys: 'home', run: () => step(-Infinity) },
    { ...hidden, id: 'end', label: t('Last row loaded'), keys: 'end', run: () => step(Infinity) },
    { id: 'next', label: t('Next record, when peeking'), section, keys: ']', when, run: () => step(1) },
    { id: 'previous', label: t('Record before, when peeking'), section, keys: '[', when, run: () => step(-1) },
  ]
}

function selectionOf({ id, select, selectAll, stepSelecting }: Cursor): readonly Command[] {
  const toggle = () => id !== undefined && select(id, false)
  const [down, up] = ['shift+j | shift+arrowdown', 'shift+k | shift+arrowup']
  return [
    { id: 'select', label: t('Select'), section, keys: 'x', run: toggle },
    { id: 'select-down', label: t('Select on downwards'), section, keys: down, run: () => stepSelecting(1) },
    { id: 'select-up', label: t('Select on upwards'), section, keys: up, run: () => stepSelecting(-1) },
    { id: 'select-all', label: t('Select all that are loaded'), section, keys: 'mod+a', run: () => selectAll(true) },
  ]
}
