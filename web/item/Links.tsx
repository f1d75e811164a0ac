import { CloseButton, NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link as RouteLink } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { addLink, linkTypes, LinkType, listLinks, removeLink } from '#shared/item/links.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { attempt } from '#web/item/attempt.ts'
import { Section } from '#web/item/Section.tsx'
import { StateShape, stateLabel } from '#web/item/State.tsx'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

/** What a record is linked to, and a way to link it to more, by number. */
export function Links({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const may = useMay()
  const { data: links = [] } = useQuery(query(listLinks, { itemId }))
  return (
    <Section title={t('Links')} count={links.length} keep={may('item.work')}>
      {links.map(({ id, reads, item }) => (
        <div key={id} className={styles.linked}>
          <span className={styles.quiet}>{t(reads)}</span>
          <RecordLink {...item} />
          {may('item.work') && (
            <CloseButton
              size="xs"
              aria-label={t('Take the link to {number} away', { number: item.number })}
              onClick={() => void attempt(client, removeLink, { itemId, id }, t('Link taken away'))}
            />
          )}
        </div>
      ))}
      {may('item.work') && <AddLink itemId={itemId} />}
    </Section>
  )
}

interface RecordLinkProps {
  number: string
  title: string
  state: string
  kind?: string
}

/** Another record, in one line. */
export function RecordLink({ number, title, state, kind = 'incident' }: RecordLinkProps) {
  return (
    <RouteLink to="/t/$number" params={{ number }} className={styles.recordLink} title={stateLabel(state, kind)}>
      <StateShape state={state} />
      <span className="mono">{number}</span>
      <span>{title}</span>
    </RouteLink>
  )
}

function AddLink({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const [to, setTo] = useState('')
  const [type, setType] = useState<keyof typeof linkTypes>('relates')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (to.trim() !== '' && (await attempt(client, addLink, { itemId, type, to: to.trim() }))) setTo('')
  }
  return (
    <form className={styles.add} onSubmit={submit}>
      <NativeSelect
        aria-label={t('How it bears on the other')}
        data={Object.entries(linkTypes).map(([value, { there }]) => ({ value, label: t(there) }))}
        value={type}
        onChange={(event) => setType(LinkType.parse(event.currentTarget.value))}
      />
      <input
        aria-label={t('Number of the other record')}
        placeholder={t('Add by number')}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </form>
  )
}
