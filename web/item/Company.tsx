import { Popover } from '@mantine/core'
import { MessageSquareMore, NotebookPen } from 'lucide-react'
import { useState } from 'react'
import type { Present } from '#shared/item/presence.ts'
import { Initials } from '#web/core/Initials.tsx'
import { useMay } from '#web/core/me.ts'
import { useCompany, useLooking } from '#web/item/presence.ts'
import styles from './company.module.css'
import { t } from '#web/core/words.ts'

/** Who else has a record before them: initials in its head, the names at a press. */
export function Company({ itemId }: { itemId: string }) {
  const may = useMay()
  return may('item.note') ? <Colleagues itemId={itemId} /> : null
}

const mostShown = 2

function Colleagues({ itemId }: { itemId: string }) {
  useLooking(itemId)
  const present = useCompany(itemId)
  const [open, setOpen] = useState(false)
  const more = (shown: number) => (present.length > shown ? `+${present.length - shown}` : '')
  const words = present.map(({ name }) => name).join(', ')
  return (
    <>
      <output className={styles.said}>{present.length > 0 && t('Also here: {words}', { words })}</output>
      {present.length > 0 && (
        <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus={false} returnFocus>
          <Popover.Target>
            <button type="button" className={styles.company} title={words} onClick={() => setOpen(!open)}>
              <span className={styles.said}>{t('Also here: {words}', { words })}</span>
              {present.slice(0, mostShown).map(({ id, name, doing }) => (
                <span key={id} data-doing={doing} className={styles.one}>
                  <Initials name={name} quiet />
                </span>
              ))}
              <span aria-hidden="true" className={styles.rest} data-wide={more(mostShown)} data-narrow={more(1)} />
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className={styles.names} aria-label={t('Also here')}>
              {present.map(({ id, name, doing }) => (
                <li key={id}>
                  <Initials name={name} quiet /> {name} <span>{does[doing]}</span>
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  )
}

const does = { looking: t('is looking'), replying: t('is replying'), noting: t('is writing a note') }

/** Over the composer: what colleagues are writing there, before two say the same. */
export function Writers({ itemId }: { itemId: string }) {
  const writers = useCompany(itemId).filter(({ doing }) => doing !== 'looking')
  const Icon = writers.some(({ doing }) => doing === 'replying') ? MessageSquareMore : NotebookPen
  return (
    <output className={styles.writers}>
      {writers.length > 0 && (
        <>
          <Icon size={14} aria-hidden="true" />
          <span>{writers.map(sentenceOf).join(', ')}</span>
        </>
      )}
    </output>
  )
}

const sentenceOf = ({ name, doing }: Present) =>
  doing === 'replying' ? t('{name} is replying', { name }) : t('{name} is writing a note', { name })
