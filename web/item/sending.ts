import type { QueryClient } from '@tanstack/react-query'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { call, callLast, readAgain, Refused } from '#web/core/api.ts'
import { randomKey } from '#web/core/key.ts'
import { say, sayMeanwhile, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { put, save, write, type Draft } from '#web/item/draft.ts'
import { askToWrite } from '#web/item/writing.ts'

/** For how long a reply can be taken back. */
const undoMs = 6000

interface Leaving {
  readonly client: QueryClient
  readonly timer: ReturnType<typeof setTimeout>
  readonly unsay: () => void
}

/** Replies that wait to be sent, wherever their writer has gone on to. */
const leaving = new Map<Draft, Leaving>()

const isIdle = ({ state }: Draft) => !['waiting', 'sending'].includes(state.get().phase)

/** Sends a reply in some seconds, until when it can be taken back. Asked again, it is sent at once. */
export function sendSoon(draft: Draft, client: QueryClient) {
  if (leaving.has(draft)) void send(draft, client)
  if (!isIdle(draft) || draft.state.get().text.trim() === '') return
  put(draft, { phase: 'waiting', wrong: undefined })
  const timer = setTimeout(() => void send(draft, client), undoMs)
  const unsay = sayMeanwhile(t('Sending…'), () => takeBack(draft))
  leaving.set(draft, { client, timer, unsay })
}

/** A reply that was taken back is a draft again. */
export function takeBack(draft: Draft) {
  if (!stopWaiting(draft)) return
  write(draft, draft.state.get().text)
  if (draft.shown > 0) askToWrite(draft.place.mode)
  else say(t('Not sent; it is kept as a draft'))
}

function stopWaiting(draft: Draft) {
  const waiting = leaving.get(draft)
  if (!waiting) return false
  leaving.delete(draft)
  clearTimeout(waiting.timer)
  waiting.unsay()
  return true
}

/** Sends it now, and says whether the desk has it. It is not shown as sent before. */
export function send(draft: Draft, client: QueryClient) {
  return deliver(draft, { client, by: call })
}

async function deliver(draft: Draft, { client, by }: { client: QueryClient; by: typeof call }): Promise<boolean> {
  stopWaiting(draft)
  const { text, phase } = draft.state.get()
  if (text.trim() === '' || phase === 'sending') return false
  put(draft, { phase: 'sending', wrong: undefined })
  try {
    if (by === call) await draft.saving
    const { mode, itemId } = draft.place
    const { base } = draft.state.get()
    await by(mode === 'reply' ? addComment : addNote, { itemId, body: text, draft: base }, draft.key)
    draft.key = randomKey()
    put(draft, { text: '', base: base + 1, phase: 'sent' })
    say(mode === 'reply' ? t('Sent') : t('Note saved'))
    void readAgain(client)
    return true
  } catch (error) {
    remain(draft, error)
    return false
  }
}

function remain(draft: Draft, error: unknown) {
  const wrong = error instanceof Refused ? (error.fields['body'] ?? error.message) : t('It was not sent')
  put(draft, { phase: 'typing', wrong })
  void save(draft)
  if (draft.shown === 0) sayWrong(new Error(t('{wrong}. Your text is kept as a draft', { wrong })))
}

/** Whoever closes the page meant it to be sent. Where even that fails, it is still a draft at the desk. */
window.addEventListener('pagehide', () => {
  for (const [draft, { client }] of leaving) void deliver(draft, { client, by: callLast })
})
