import { useQuery } from '@tanstack/react-query'
import type { Output } from '#shared/core/endpoint.ts'
import { listComments } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import type { Record } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { Ago } from '#web/core/time.tsx'
import { Markdown } from '#web/item/Markdown.tsx'
import { useReader } from '#web/portal/reader.ts'
import { toldOf } from '#web/portal/words.ts'
import styles from './portal.module.css'

type Comment = Output<typeof listComments>[number]
type Happening = Output<typeof listHistory>[number]
interface Entry {
  readonly id: string
  readonly at: string
  readonly comment?: Comment
  readonly told?: string
}

/** What was said, and between it what happened, in words for those who wait. */
export function Talk({ record }: { record: Record }) {
  const me = useReader()
  const { data: comments = [] } = useQuery(query(listComments, { itemId: record.id }))
  const { data: history = [] } = useQuery(query(listHistory, { itemId: record.id }))
  return (
    <ol className={styles.stream} aria-label="What was said and done">
      <Said
        mine={record.requester.id === me}
        name={record.requester.name}
        at={record.createdAt}
        body={record.description}
      />
      {entriesOf(comments, history, me).map(({ id, at, comment, told }) =>
        comment ? (
          <Said key={id} mine={comment.author.id === me} name={comment.author.name} at={at} body={comment.body} />
        ) : (
          <li key={id} className={styles.told}>
            {told}&nbsp;· <Ago at={at} long />
          </li>
        ),
      )}
    </ol>
  )
}

function Said({ mine, name, at, body }: { mine: boolean; name: string; at: string; body: string }) {
  return (
    <li className={styles.said} data-mine={mine || undefined}>
      <Initials name={name} />
      <div>
        <div className={styles.saidHead}>
          <strong>{mine ? 'You' : name}</strong> <Ago at={at} long />
        </div>
        {body.trim() === '' ? <p className={styles.none}>Nothing more was written.</p> : <Markdown text={body} />}
      </div>
    </li>
  )
}

function entriesOf(comments: readonly Comment[], history: readonly Happening[], me: string): readonly Entry[] {
  const said = comments.map((comment) => ({ id: comment.id, at: comment.createdAt, comment }))
  const told = history.flatMap((happening) => {
    const words = toldOf(happening, me)
    return words === undefined ? [] : [{ id: `e-${happening.seq}`, at: happening.at, told: words }]
  })
  return [...said, ...told].toSorted((one, other) => one.at.localeCompare(other.at))
}
