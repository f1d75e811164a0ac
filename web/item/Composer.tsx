import { Button, Textarea } from '@mantine/core'
import { Lock } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { addComment, addNote } from '#shared/item/conversation.ts'
import type { Record } from '#shared/records.ts'
import { fillReply, listTemplates } from '#shared/template.ts'
import { call, query, randomKey, readAgain, Refused } from '#web/core/api.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useMay } from '#web/core/me.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { readStored, store } from '#web/core/prefs.ts'
import { useSignal } from '#web/core/signal.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { setMode, takeFocus, writing, type Mode } from '#web/item/writing.ts'
import styles from './record.module.css'

/** Where one writes: to the requester, or to the desk alone. What is not sent stays in this browser. */
export function Composer({ record }: { record: Record }) {
  const may = useMay()
  const client = useQueryClient()
  const box = useRef<HTMLTextAreaElement>(null)
  const wish = useSignal(writing)
  const mode = wish.mode ?? (may('item.comment') ? 'reply' : 'note')
  const { text, write, state, wrong, send } = useDraft(record.id, mode)
  useEffect(() => {
    if (takeFocus(wish.asked)) box.current?.focus()
  }, [wish.asked])

  const insert = (body: string) => {
    write(text.replace(/\/$/, '') + body)
    requestAnimationFrame(() => box.current?.focus())
  }
  const replies = () => void openReplies(client, record.id, insert)
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actOf(event, mode, text.slice(0, box.current?.selectionStart ?? 0))
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    if (act === 'send') void send()
    else if (act === 'replies') replies()
    else box.current?.blur()
  }

  return (
    <section className={styles.composer} data-mode={mode} aria-label="Write">
      <Modes mode={mode} />
      <Textarea
        ref={box}
        aria-label={mode === 'reply' ? `Reply to ${record.requester.name}` : 'Internal note'}
        placeholder={mode === 'reply' ? `Reply to ${record.requester.name}…` : 'Only staff will read this…'}
        autosize
        minRows={2}
        maxRows={12}
        value={text}
        error={wrong}
        readOnly={state === 'sending'}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.composerFoot}>
        <output className={styles.quiet}>{words[state]}</output>
        {mode === 'reply' && (
          <Button variant="subtle" color="gray" onClick={replies}>
            Canned reply&nbsp;
            <Keys keys="/" />
          </Button>
        )}
        <Button onClick={() => void send()} loading={state === 'sending'} rightSection={<Keys keys="mod+enter" />}>
          {mode === 'reply' ? 'Send' : 'Save note'}
        </Button>
      </div>
    </section>
  )
}

/** Ctrl and Enter send; a slash that begins a word brings the canned replies; Escape gives the keys back to the page. */
function actOf({ key, ctrlKey, metaKey }: KeyboardEvent, mode: Mode, before: string) {
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'send'
  if (key === '/' && mode === 'reply' && /(^|\s)$/.test(before)) return 'replies'
  return key === 'Escape' ? 'leave' : undefined
}

const words = { empty: '', draft: 'Draft kept in this browser', sending: 'Sending…', sent: 'Sent' }

const modes = [
  { value: 'reply', label: 'Reply', keys: 'r', may: 'item.comment' },
  { value: 'note', label: 'Internal note', keys: 'n', may: 'item.note' },
] as const

function Modes({ mode }: { mode: Mode }) {
  const may = useMay()
  return (
    <div className={styles.modes} role="toolbar" aria-label="For whom">
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

/** What is being written on a record in a mode. It is never shown as sent before the desk has it. */
function useDraft(itemId: string, mode: Mode) {
  const client = useQueryClient()
  const place = `steward.draft.${itemId}.${mode}`
  const [drafts, setDrafts] = useState<{ readonly [place: string]: string }>({})
  const [state, setState] = useState<'idle' | 'sending' | 'sent'>('idle')
  const [wrong, setWrong] = useState<string>()
  const key = useRef(randomKey())
  const text = drafts[place] ?? readStored(place) ?? ''

  const write = (next: string) => {
    setDrafts({ ...drafts, [place]: next })
    store(place, next === '' ? null : next)
    key.current = randomKey()
    setWrong(undefined)
    setState('idle')
  }
  const send = async () => {
    if (text.trim() === '' || state === 'sending') return
    setState('sending')
    try {
      await call(mode === 'reply' ? addComment : addNote, { itemId, body: text }, key.current)
      write('')
      setState('sent')
      say(mode === 'reply' ? 'Sent' : 'Note saved')
      await readAgain(client)
    } catch (error) {
      setState('idle')
      setWrong(error instanceof Refused ? (error.fields['body'] ?? error.message) : 'It was not sent')
    }
  }
  const shown = state === 'idle' ? (text === '' ? ('empty' as const) : ('draft' as const)) : state
  return { text, write, state: shown, wrong, send }
}

async function openReplies(client: QueryClient, itemId: string, insert: (body: string) => void) {
  const replies = await client.fetchQuery(query(listTemplates, { use: 'reply' })).catch(() => [])
  const fill = async (templateId: string) => {
    try {
      insert((await call(fillReply, { itemId, templateId })).body)
    } catch (error) {
      sayWrong(error)
    }
  }
  const choices = replies
    .filter(({ active }) => active)
    .map(({ id, name, body }) => ({ id, label: name, hint: body.slice(0, 80), run: () => void fill(id) }))
  openPalette({
    id: 'replies',
    title: 'Canned reply',
    placeholder: choices.length > 0 ? 'Which reply' : 'There are no canned replies yet; a team lead can add them',
    choices: (text) => narrow(choices, text),
  })
}
