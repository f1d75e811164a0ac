import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { listComments, listNotes } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import type { Record } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { Vip } from '#web/item/columns.tsx'
import { ChangeLines, Reason, Sentence } from '#web/item/History.tsx'
import { channelName, doerOf, type Happening } from '#web/item/happenings.ts'
import { Markdown } from '#web/item/Markdown.tsx'
import styles from './record.module.css'
import { sourceNames } from '#shared/incident.ts'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'

interface Said {
  readonly sort: 'description' | 'comment' | 'note'
  readonly id: string
  readonly at: string
  readonly seq: number | undefined
  readonly author: Output<typeof listComments>[number]['author']
  readonly body: string
  readonly channel: string
}

interface Done {
  readonly sort: 'done'
  readonly id: string
  readonly at: string
  readonly happenings: readonly Happening[]
}

/** All that was said and done, in one stream: comments, internal notes, and changes folded between them. */
export function Conversation({ record }: { record: Record }) {
  const may = useMay()
  const { data: comments } = useQuery(query(listComments, { itemId: record.id }))
  const { data: notes } = useQuery({ ...query(listNotes, { itemId: record.id }), enabled: may('item.note') })
  const { data: history } = useQuery(query(listHistory, { itemId: record.id }))
  const stream = useMemo(
    () => streamOf(record, comments ?? [], notes ?? [], history ?? []),
    [record, comments, notes, history],
  )
  const linked = useLinked(history !== undefined)

  return (
    <ol className={styles.stream} aria-label={t('Conversation')}>
      {stream.map((entry) =>
        entry.sort === 'done' ? (
          <DoneEntry key={entry.id} happenings={entry.happenings} linked={linked} />
        ) : (
          <SaidEntry key={entry.id} said={entry} linked={linked} />
        ),
      )}
    </ol>
  )
}

/** The moment that the address points to, such as `#e-812`; it is brought into view once it is there. */
function useLinked(ready: boolean) {
  const { hash } = useLocation()
  useEffect(() => {
    if (ready && hash.startsWith('e-'))
      document.querySelector(`#${CSS.escape(hash)}`)?.scrollIntoView({ block: 'center' })
  }, [ready, hash])
  return hash
}

function SaidEntry({ said: { sort, author, at, body, channel, seq }, linked }: { said: Said; linked: string }) {
  const anchor = seq === undefined ? undefined : `e-${seq}`
  return (
    <li id={anchor} className={styles.said} data-sort={sort} data-linked={(anchor && anchor === linked) || undefined}>
      <Initials name={author.name} quiet />
      <div className={styles.saidBody}>
        <div className={styles.saidHead}>
          <strong>{author.name}</strong>
          {author.vip && <Vip />}
          {sort === 'note' && (
            <span className={styles.noteMark}>
              <Lock size={12} aria-hidden="true" /> {t('Internal note')}
            </span>
          )}
          <span className={styles.quiet}>
            <Ago at={at} long />
            &nbsp;· {channelName(channel)}
          </span>
        </div>
        {body.trim() === '' ? (
          <p className={styles.quiet}>{t('No description was given.')}</p>
        ) : (
          <Markdown text={body} />
        )}
      </div>
    </li>
  )
}

function DoneEntry({ happenings, linked }: { happenings: readonly Happening[]; linked: string }) {
  const holds = happenings.some(({ seq }) => `e-${seq}` === linked)
  const [open, setOpen] = useState(false)
  const [only] = happenings
  if (happenings.length === 1 && only) {
    return (
      <li className={styles.done}>
        <Line happening={only} linked={linked} />
      </li>
    )
  }
  return (
    <li className={styles.done}>
      <details open={open || holds} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <T of="{count, plural, one {# change} other {# changes}} {by}" values={byWhom(happenings)} />
        </summary>
        {happenings.map((happening) => (
          <Line key={happening.seq} happening={happening} linked={linked} />
        ))}
      </details>
    </li>
  )
}

function Line({ happening, linked }: { happening: Happening; linked: string }) {
  const anchor = `e-${happening.seq}`
  return (
    <div id={anchor} className={styles.line} data-linked={anchor === linked || undefined}>
      <span>
        <Sentence happening={happening} who={doerOf(happening)} />
        <Reason happening={happening} short /> <ChangeLines happening={happening} short />
      </span>
      <span className={styles.quiet}>
        <Ago at={happening.at} />
      </span>
    </div>
  )
}

const byWhom = (happenings: readonly Happening[]) => {
  const names = [...new Set(happenings.map(doerOf))].join(', ')
  return { count: happenings.length, by: <span className={styles.quiet}>{t('by {names}', { names })}</span> }
}

type Comments = Output<typeof listComments>

function streamOf(record: Record, comments: Comments, notes: Comments, history: readonly Happening[]) {
  const seqs = new Map(history.map(({ seq, data }) => [data['commentId'] ?? data['noteId'], seq]))
  const said = (sort: Said['sort'], { id, author, body, channel, createdAt }: Comments[number]): Said => ({
    sort,
    id,
    at: createdAt,
    seq: seqs.get(id),
    author,
    body,
    channel,
  })
  const spoken = new Set(['item.commented', 'item.noted', 'incident.opened'])
  const first: Said = {
    sort: 'description',
    id: 'description',
    at: record.createdAt,
    seq: history.find(({ name }) => name === 'incident.opened')?.seq,
    author: record.requester,
    body: record.description,
    channel: t(sourceNames[record.source]),
  }
  const all = [
    ...comments.map((comment) => said('comment', comment)),
    ...notes.map((note) => said('note', note)),
    ...history.filter(({ name }) => !spoken.has(name)).map(doneOnce),
  ].toSorted((one, other) => one.at.localeCompare(other.at))
  return [first, ...folded(all)]
}

const doneOnce = (happening: Happening): Done => ({
  sort: 'done',
  id: `done-${happening.seq}`,
  at: happening.at,
  happenings: [happening],
})

/** Changes that follow one another without a word between them become one entry. */
function folded(all: readonly (Said | Done)[]) {
  const entries: (Said | Done)[] = []
  for (const entry of all) {
    const last = entries.at(-1)
    if (entry.sort === 'done' && last?.sort === 'done') {
      entries[entries.length - 1] = { ...last, happenings: [...last.happenings, ...entry.happenings] }
    } else entries.push(entry)
  }
  return entries
}
