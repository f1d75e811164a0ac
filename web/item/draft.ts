import { z } from 'zod'
import { keepNoteDraft, keepReplyDraft, readDrafts, type DraftMode } from '#shared/item/drafts.ts'
import { call, callLast, isCarrying, Refused } from '#web/core/api.ts'
import { randomKey } from '#web/core/key.ts'
import { readStored, store } from '#web/core/prefs.ts'
import { signal, type Signal } from '#web/core/signal.ts'
import { say } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { markDrafted } from '#web/item/drafted.ts'

/** Whose draft it is, on which record, and for whom. */
export interface Place {
  readonly me: string
  readonly itemId: string
  readonly mode: DraftMode
}

export interface Written {
  readonly text: string
  /** The version at the desk that it goes on from. */
  readonly base: number
  /** `typing` is not at the desk yet, and `local` could not be brought there. */
  readonly phase: 'kept' | 'typing' | 'local' | 'waiting' | 'sending' | 'sent'
  readonly wrong?: string | undefined
}

export interface Draft {
  readonly place: Place
  readonly state: Signal<Written>
  /** Under which it is sent, however often that is tried. */
  key: string
  /** The page was closed while it was sent: whether it was, the desk knows. */
  perhapsSent: boolean
  timer?: ReturnType<typeof setTimeout> | undefined
  saving?: Promise<void> | undefined
  /** How many composers show it. */
  shown: number
}

const drafts = new Map<string, Draft>()
const Stored = z.object({ text: z.string(), base: z.int(), sending: z.boolean() })
const nameOf = ({ me, itemId, mode }: Place) => `steward.draft.${me}.${itemId}.${mode}`

/** The one draft of a place, for as long as the page is open. What the desk did not get is still in this browser. */
export function draftAt(place: Place): Draft {
  const known = drafts.get(nameOf(place))
  if (known) return known
  const found = stored(place)
  const state = signal<Written>({
    text: found?.text ?? '',
    base: found?.base ?? 0,
    phase: found ? 'typing' : 'kept',
  })
  const draft = { place, state, key: randomKey(), perhapsSent: found?.sending === true, shown: 0 }
  drafts.set(nameOf(place), draft)
  return draft
}

function stored(place: Place) {
  try {
    return Stored.parse(JSON.parse(readStored(nameOf(place)) ?? ''))
  } catch {
    return null
  }
}

export function put(draft: Draft, some: Partial<Written>) {
  draft.state.set({ ...draft.state.get(), ...some })
  const { text, base, phase } = draft.state.get()
  const safe = phase === 'kept' || phase === 'sent'
  store(nameOf(draft.place), safe ? null : JSON.stringify({ text, base, sending: phase === 'sending' }))
  markDrafted(draft.place, text !== '')
}

const saveMs = 1200
const retryMs = 15_000

export function write(draft: Draft, text: string) {
  draft.key = randomKey()
  draft.perhapsSent = false
  put(draft, { text, phase: 'typing', wrong: undefined })
  saveIn(draft, saveMs)
}

function saveIn(draft: Draft, ms: number) {
  draft.timer ??= setTimeout(() => void save(draft), ms)
}

const isUnsaved = ({ phase }: Written) => phase === 'typing' || phase === 'local'

/** Brings to the desk what is not there yet. A link may be passed on, so who came by one keeps drafts to themselves. */
export async function save(draft: Draft) {
  clearTimeout(draft.timer)
  draft.timer = undefined
  while (draft.saving) await draft.saving
  if (!isUnsaved(draft.state.get())) return
  if (isCarrying()) return put(draft, { phase: 'local' })
  draft.saving = bring(draft)
  await draft.saving
  draft.saving = undefined
}

async function bring(draft: Draft) {
  const { text, base } = draft.state.get()
  try {
    const { version } = await call(keeperOf(draft), { itemId: draft.place.itemId, body: text, base }, null)
    const now = draft.state.get()
    put(draft, { base: version, ...(now.text === text && isUnsaved(now) && { phase: 'kept' }) })
    if (now.text !== text && isUnsaved(now)) saveIn(draft, saveMs)
  } catch (error) {
    await keepHere(draft, error)
  }
}

const keeperOf = ({ place }: Draft) => (place.mode === 'reply' ? keepReplyDraft : keepNoteDraft)

/** What the desk does not take now stays in this browser; what it knows better is brought together. */
async function keepHere(draft: Draft, error: unknown) {
  const { itemId, mode } = draft.place
  const status = error instanceof Refused ? error.status : 0
  if (status === 409) {
    const there = await call(readDrafts, { itemId }).catch(() => null)
    if (there) return learn(draft, there.find((one) => one.mode === mode) ?? nothing)
  }
  if (draft.state.get().phase === 'typing') put(draft, { phase: 'local' })
  if (status === 0 || status >= 409) saveIn(draft, retryMs)
}

interface There {
  readonly body: string
  readonly version: number
}

export const nothing: There = { body: '', version: 0 }

/** What the desk has. The newer text is shown; where both sides were written on, both are. */
export function learn(draft: Draft, there: There) {
  const now = draft.state.get()
  if (now.phase === 'waiting' || now.phase === 'sending') return
  // What was read before the last of it was written is no news.
  if (there.version > now.base) adopt(draft, there)
  draft.perhapsSent = false
  if (isUnsaved(draft.state.get())) saveIn(draft, saveMs)
}

function adopt(draft: Draft, { body, version }: There) {
  const now = draft.state.get()
  const wasSent = draft.perhapsSent && body === ''
  if (wasSent || !isUnsaved(now)) return put(draft, { text: body, base: version, phase: 'kept' })
  const text = together(now.text, body)
  put(draft, { text, base: version, phase: 'typing' })
  if (text !== now.text) say(t('What you wrote in another window was added'))
}

function together(mine: string, theirs: string) {
  if (mine.includes(theirs.trim())) return mine
  return theirs.includes(mine.trim()) ? theirs : `${mine}\n\n${theirs}`
}

/** A composer shows it, until the function that it gives back is called. */
export function show(draft: Draft) {
  draft.shown++
  return () => {
    draft.shown--
    void save(draft)
  }
}

/** Throws it away; for some seconds it can be had again. */
export function discard(draft: Draft) {
  const { text } = draft.state.get()
  const again = (body: string) => {
    write(draft, body)
    void save(draft)
  }
  again('')
  say(t('Draft discarded'), { undo: () => again(together(draft.state.get().text, text)) })
}

/** Before the page is gone or out of sight: all that is not at the desk yet. */
function saveAll() {
  if (isCarrying()) return
  for (const draft of drafts.values()) {
    const { text, base } = draft.state.get()
    if (!isUnsaved(draft.state.get())) continue
    callLast(keeperOf(draft), { itemId: draft.place.itemId, body: text, base }, null).catch(() => {})
  }
}

window.addEventListener('pagehide', saveAll)
document.addEventListener('visibilitychange', () => document.hidden && saveAll())
