import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { listOccurrences } from '#shared/alert.ts'
import { listTraces } from '#shared/rule.ts'
import { getHandlingNotes } from '#shared/template.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { Markdown } from '#web/item/Markdown.tsx'
import { Section } from '#web/item/Section.tsx'
import styles from './record.module.css'
import { text } from '#shared/core/message.ts'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'

/** What staff must know before they touch a record. */
export function HandlingNotes({ itemId }: { itemId: string }) {
  const may = useMay()
  const { data: notes = [] } = useQuery({ ...query(getHandlingNotes, { itemId }), enabled: may('item.note') })
  return notes.map(({ id, name, body }) => (
    <aside key={id} className={styles.handling} aria-label={t('Handling note: {name}', { name })}>
      <TriangleAlert size={16} aria-hidden="true" />
      <div>
        <strong>{name}</strong>
        <Markdown text={body} />
      </div>
    </aside>
  ))
}

/** What monitoring said, each time that it spoke. */
export function Occurrences({ itemId, count }: { itemId: string; count: number }) {
  const may = useMay()
  const enabled = count > 0 && may('item.note')
  const { data: occurrences = [] } = useQuery({ ...query(listOccurrences, { itemId }), enabled })
  if (!enabled) return null
  return (
    <Section title={t('From monitoring')} count={count}>
      {occurrences.map(({ id, source, status, summary, labels, receivedAt }) => (
        <details key={id} className={styles.occurrence}>
          <summary>
            <span data-status={status}>{status === 'firing' ? t('Firing') : t('Resolved')}</span> {summary}{' '}
            <span className={styles.quiet}>
              {source}, <Ago at={receivedAt} long />
            </span>
          </summary>
          <dl className={styles.labels}>
            {Object.entries(labels).map(([name, value]) => (
              <div key={name}>
                <dt className="mono">{name}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </Section>
  )
}

/** Which rules were tried, and why each matched or did not. */
export function Traces({ itemId }: { itemId: string }) {
  const may = useMay()
  const { data: traces = [] } = useQuery({ ...query(listTraces, { itemId }), enabled: may('item.note') })
  const tried = traces.reduce((sum, trace) => sum + trace.tried.length, 0)
  return (
    <Section title={t('Why is this here?')} count={traces.length} keep={false}>
      <details className={styles.occurrence}>
        <summary>{t('{count, plural, one {# rule was} other {# rules were}} tried', { count: tried })}</summary>
        {traces.map(({ seq, at, tried: rules }) => (
          <div key={seq}>
            <span className={styles.quiet}>
              <Ago at={at} long />
            </span>
            <ul className={styles.rules}>
              {rules.map(({ ruleId, name, matched, because, did }) => (
                <li key={ruleId} data-matched={matched}>
                  <T of={matched ? matchedBecause : notMatched} values={{ name: <strong>{name}</strong>, because }} />
                  {did.length > 0 && <div>{did.join(', ')}</div>}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </Section>
  )
}

const matchedBecause = text('{name} matched: {because}')
const notMatched = text('{name} did not match: {because}')
