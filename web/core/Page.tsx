import { Button, Drawer, Group, Modal, Stack, Text } from '@mantine/core'
import { ChevronLeft } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Wrong } from '#web/core/form.tsx'
import styles from './page.module.css'
import { t } from '#web/core/words.ts'

interface PageProps {
  readonly title: string
  /** What this page is for, in one sentence. */
  readonly about?: ReactNode
  readonly actions?: ReactNode
  /** What stands beside the title: the pages next to this one. */
  readonly beside?: ReactNode
  readonly width?: 'narrow' | 'wide'
  readonly children: ReactNode
}

/** A page of the staff that is no list: its name, what can be done here, and its content. */
export function Page({ title, about, actions, beside, width = 'wide', children }: PageProps) {
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={beside === undefined ? undefined : 'unseen'}>{title}</h1>
        {beside}
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.body} data-width={width}>
        {about !== undefined && <p className={styles.about}>{about}</p>}
        {children}
      </div>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly about?: ReactNode
  readonly action?: ReactNode
  readonly children?: ReactNode
}

export function Section({ title, about, action, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <div>
          <h2>{title}</h2>
          {about !== undefined && <p>{about}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** Nothing is here yet: what would be, and the one thing to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {children}
    </div>
  )
}

interface PanelProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A panel at the side for one thing of a list; a whole page on a phone. The focus returns to where it came from. */
export function Panel({ title, onClose, children }: PanelProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(480px, 100vw)"
      title={title}
      closeButtonProps={{ 'aria-label': t('Close') }}
      styles={{ overlay: { background: 'var(--shade)' } }}
      classNames={{ title: styles.panelTitle ?? '', body: styles.panelBody ?? '' }}
    >
      {children}
    </Drawer>
  )
}

interface ConfirmProps {
  readonly title: string
  readonly children: ReactNode
  readonly button: string
  readonly onClose: () => void
  readonly act: () => Promise<unknown>
}

/** Asks before what cannot be taken back, and says what it would take. */
export function Confirm({ title, children, button, onClose, act }: ConfirmProps) {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const go = async () => {
    setBusy(true)
    try {
      await act()
      onClose()
    } catch (error) {
      setWrong(error instanceof Error ? error.message : t('That did not work'))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <Stack gap="sm">
        <Text component="div" c="var(--text-2)">
          {children}
        </Text>
        <Wrong text={wrong} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('Back')}
          </Button>
          <Button color="danger" loading={busy} onClick={go}>
            {button}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** A way back to the list that a page belongs to, for where there is no rail beside it. */
export function BackLink({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button type="button" className={styles.back} onClick={onClick}>
      <ChevronLeft size={16} aria-hidden="true" /> {children}
    </button>
  )
}
