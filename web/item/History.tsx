import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useContext, type ReactNode } from 'react'
import { listHistory } from '#shared/item/history.ts'
import type { Fields, FieldType } from '#shared/filter/fields.ts'
import { query } from '#web/core/api.ts'
import { useFields } from '#web/item/dictionary.ts'
import { Ago, instant, Zone } from '#web/core/time.tsx'
import { channelName, doerOf, reasonOf, sentenceOf, type Happening } from '#web/item/happenings.ts'
import styles from './record.module.css'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'

/** Everything that ever happened to an item: who, how, when, and each field before and after. */
export function History({ itemId }: { itemId: string }) {
  const { data: happenings = [] } = useQuery(query(listHistory, { itemId }))
  const { hash } = useLocation()
  return (
    <ol className={styles.history} aria-label={t('History')}>
      {happenings.toReversed().map((happening) => (
        <li key={happening.seq} id={`e-${happening.seq}`} data-linked={hash === `e-${happening.seq}` || undefined}>
          <div className={styles.line}>
            <span>
              <Sentence happening={happening} who={<strong>{doerOf(happening)}</strong>} />
              <Reason happening={happening} />
            </span>
            <span className={styles.quiet}>
              <Ago at={happening.at} long />
              &nbsp;· {channelName(happening.channel)}&nbsp;·{' '}
              <a href={`#e-${happening.seq}`} aria-label={t('Link to happening {seq}', { seq: happening.seq })}>
                #{happening.seq}
              </a>
            </span>
          </div>
          <ChangeLines happening={happening} />
        </li>
      ))}
    </ol>
  )
}

/** What happened, by whoever did it. */
export function Sentence({ happening, who }: { happening: Happening; who: NonNullable<ReactNode> }) {
  const { of, values } = sentenceOf(happening)
  return <T of={of} values={{ ...values, who }} />
}

/** Why it was done, in the words of who did it. */
export function Reason({ happening, short = false }: { happening: Happening; short?: boolean }) {
  const reason = reasonOf(happening)
  if (reason === '') return null
  return <>{t(': “{reason}”', { reason: short ? cut(reason, 200) : reason })}</>
}

/** Each field, before and after. Long text is cut in short lines, and whole in the history. */
export function ChangeLines({ happening, short = false }: { happening: Happening; short?: boolean }) {
  const fields = useFields('incident')
  const zone = useContext(Zone)
  const { changes } = happening
  const drawnValue = (field: string, value: string) => {
    if (isInstant.test(value)) return instant(value, zone)
    const words = spokenValue(fields[field]?.type, value)
    return short ? cut(words) : words
  }
  if (changes.length === 0) return null
  const drawn = changes.map(({ field, was, is }) => (
    <span key={field} className={styles.change}>
      <span className={styles.quiet}>{labelOf(field, fields)}:</span>{' '}
      {was !== '' && <del>{drawnValue(field, was)}</del>}
      {was !== '' && <span aria-hidden="true"> → </span>}
      <ins>{is === '' ? t('nothing') : drawnValue(field, is)}</ins>
    </span>
  ))
  return <span className={short ? styles.changesShort : styles.changes}>{drawn}</span>
}

/** A value in the words of the reader where it is one of the desk’s own; names and what was typed stay as they are. */
function spokenValue(type: FieldType | undefined, value: string) {
  if (type === 'boolean') return value === 'yes' ? t('yes') : t('no')
  return type === 'choice' || type === 'number' ? t(value) : value
}

/** A column that points to something is called as that which it points to. */
const labelOf = (field: string, fields: Fields) =>
  t(fields[field]?.label ?? fields[field.replace(/Id$/, '')]?.label ?? spokenOf(field))

/** A column without a label of its own, as words: `parentId` → Parent. */
function spokenOf(field: string) {
  const words = field.replace(/^custom\.|Id$/g, '').replaceAll(/([A-Z])/g, ' $1')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const cut = (text: string, length = 60) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
