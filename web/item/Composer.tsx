import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Record } from '#shared/records.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useMay, useMe } from '#web/core/me.ts'
import { useSignal } from '#web/core/signal.ts'
import { Writers } from '#web/item/Company.tsx'
import { ComposerFoot, type Act, type Acts } from '#web/item/ComposerFoot.tsx'
import { discard, save, write, type Draft, type Written } from '#web/item/draft.ts'
import { setTyping, stopTyping } from '#web/item/presence.ts'
import { openReplies } from '#web/item/replies.ts'
import { send, sendSoon, takeBack } from '#web/item/sending.ts'
import { useDraft } from '#web/item/useDraft.ts'
import { setMode, takeFocus, writing, type Mode } from '#web/item/writing.ts'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

interface ComposerProps {
  record: Record
  /** Goes on to resolve the record: what was written is sent first, by the function that is given, if it comes to that. */
  onResolve: (send: () => Promise<boolean>) => void
}

/** Where one writes: to the requester, or to the desk alone. What is not sent is a draft, at the desk. */
export function Composer({ record, onResolve }: ComposerProps) {
  const may = useMay()
  const client = useQueryClient()
  const box = useRef<HTMLTextAreaElement>(null)
  const wish = useSignal(writing)
  const mode = wish.mode ?? (may('item.comment') ? 'reply' : 'note')
  const [draft, state] = useDraft({ me: useMe().id, itemId: record.id, mode })
  const { text, phase, wrong } = state
  useTyping(state)
  useEffect(() => {
    if (takeFocus(wish.asked)) box.current?.focus()
  }, [wish.asked])

  const type = (body: string) => {
    write(draft, body)
    setTyping(record.id, mode)
  }
  const insert = (body: string) => {
    type(text.replace(/\/$/, '') + body)
    requestAnimationFrame(() => box.current?.focus())
  }
  const acts: Acts = {
    send: () => (mode === 'reply' ? sendSoon(draft, client) : send(draft, client)),
    resolve: () => onResolve(() => sentFirst(draft, () => send(draft, client))),
    replies: () => openReplies(client, record.id, insert),
    undo: () => takeBack(draft),
    discard: () => discard(draft),
    leave: () => box.current?.blur(),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actOf(event, { mode, phase, before: text.slice(0, box.current?.selectionStart ?? 0) })
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    acts[act]()
  }

  return (
    <section className={styles.composer} data-mode={mode} data-phase={phase} aria-label={t('Write')}>
      <Modes mode={mode} />
      <Writers itemId={record.id} />
      <Textarea
        ref={box}
        aria-label={mode === 'reply' ? t('Reply to {name}', { name: record.requester.name }) : t('Internal note')}
        placeholder={
          mode === 'reply' ? t('Reply to {name}…', { name: record.requester.name }) : t('Only staff will read this…')
        }
        autosize
        minRows={2}
        maxRows={12}
        value={text}
        error={wrong}
        readOnly={phase === 'waiting' || phase === 'sending'}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => void save(draft)}
        onKeyDown={onKeyDown}
      />
      <ComposerFoot mode={mode} state={state} acts={acts} />
    </section>
  )
}

/** While something is being written, colleagues are told; no longer once it is sent or thrown away. */
function useTyping({ text }: Written) {
  useEffect(() => {
    if (text === '') stopTyping()
  }, [text])
  useEffect(() => stopTyping, [])
}

/** Where nothing was written there is nothing to send first. */
const sentFirst = async (draft: Draft, sendIt: () => Promise<boolean>) =>
  draft.state.get().text.trim() === '' || sendIt()

interface Where {
  readonly mode: Mode
  readonly phase: Written['phase']
  /** What stands before the caret. */
  readonly before: string
}

/**
 * Ctrl and Enter send, with Shift they go on to resolve; a slash that begins a word brings the canned replies; Escape
 * gives the keys back to the page. While it waits to be sent, nothing can be typed, so that Z takes it back from here.
 */
function actOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, where: Where): Act | undefined {
  if (key === 'Enter' && (ctrlKey || metaKey)) return shiftKey ? 'resolve' : 'send'
  if (key === 'Escape') return 'leave'
  return where.phase === 'waiting' ? takesBack[key] : bringsReplies(key, where)
}

const takesBack: Readonly<globalThis.Record<string, Act>> = { z: 'undo', Z: 'undo' }

const bringsReplies = (key: string, { mode, before }: Where) =>
  key === '/' && mode === 'reply' && /(^|\s)$/.test(before) ? 'replies' : undefined

const modes = [
  { value: 'reply', label: t('Reply'), keys: 'r', may: 'item.comment' },
  { value: 'note', label: t('Internal note'), keys: 'n', may: 'item.note' },
] as const

function Modes({ mode }: { mode: Mode }) {
  const may = useMay()
  return (
    <div className={styles.modes} role="toolbar" aria-label={t('For whom')}>
      {modes
        .filter((one) => may(one.may))
        .map(({ value, label, keys }) => (
          <button key={value} type="button" aria-pressed={mode === value} onClick={() => setMode(value)}>
            {value === 'note' && <Lock size={12} aria-hidden="true" />} {label} <Keys keys={keys} />
          </button>
        ))}
    </div>
  )
}
