import { Button, CloseButton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { listChildren, setParent } from '#shared/family.ts'
import type { Incident } from '#shared/incident.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'
import { attempt } from '#web/item/attempt.ts'
import { RecordLink } from '#web/item/Links.tsx'
import { Section } from '#web/item/Section.tsx'
import styles from '#web/item/record.module.css'

/** The incident that this one is part of, and those that are part of it. Resolving a parent resolves its children. */
export function Family({ incident }: { incident: Incident }) {
  const client = useQueryClient()
  const { id, parent, childCount } = incident
  const { data: children = [] } = useQuery({ ...query(listChildren, { id }), enabled: childCount > 0 })
  const [number, setNumber] = useState<string>()
  const edits = incident.can.includes('edit')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (number === undefined || number.trim() === '') return setNumber(undefined)
    if (await attempt(client, setParent, { id, parent: number.trim() }, t('Parent set'))) setNumber(undefined)
  }
  return (
    <Section title={t('Parent and children')} count={childCount} keep={edits || parent !== null}>
      {parent && (
        <div className={styles.linked}>
          <span className={styles.quiet}>{t('part of')}</span>
          <RecordLink number={parent.number} title={parent.title} state="" />
          {edits && (
            <CloseButton
              size="xs"
              aria-label={t('Take the parent away')}
              onClick={() => void attempt(client, setParent, { id, parent: null }, t('Parent taken away'))}
            />
          )}
        </div>
      )}
      {children.map((child) => (
        <RecordLink key={child.id} {...child} />
      ))}
      {edits && !parent && number === undefined && (
        <Button variant="subtle" size="compact-sm" onClick={() => setNumber('')}>
          {t('Make it part of another…')}
        </Button>
      )}
      {number !== undefined && (
        <form className={styles.add} onSubmit={submit}>
          <input
            aria-label={t('Number of the parent')}
            placeholder={t('Number of the parent')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </form>
      )}
    </Section>
  )
}
