import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { CircleCheck, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Keys } from '#web/core/Keys.tsx'
import { keyCaps } from '#web/core/keys.ts'
import type { Written } from '#web/item/draft.ts'
import type { Mode } from '#web/item/writing.ts'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

export type Act = 'send' | 'resolve' | 'replies' | 'undo' | 'discard' | 'leave'
export type Acts = Readonly<Record<Act, () => unknown>>

interface FootProps {
  mode: Mode
  state: Written
  acts: Acts
}

/** How it stands with what was written, and what can be done with it. */
export function ComposerFoot({ mode, state: { text, phase }, acts }: FootProps) {
  return (
    <div className={styles.composerFoot}>
      <output className={styles.quiet}>{text === '' && phase !== 'sent' ? '' : words[phase]}</output>
      {phase === 'waiting' ? (
        <Button variant="default" onClick={acts.undo} rightSection={<Keys keys="z" />}>
          {t('Undo')}
        </Button>
      ) : (
        <Further mode={mode} written={text !== '' && phase !== 'sending'} acts={acts} />
      )}
      <Button onClick={acts.send} loading={phase === 'sending'} rightSection={<Keys keys="mod+enter" />}>
        {phase === 'waiting' ? t('Send now') : labels[mode]}
      </Button>
    </div>
  )
}

const labels = { reply: t('Send'), note: t('Save note') }

const words = {
  typing: t('Draft'),
  kept: t('Draft saved'),
  local: t('Draft kept in this browser until the desk can be reached'),
  waiting: t('Sending…'),
  sending: t('Sending…'),
  sent: t('Sent'),
}

const resolveKeys = keyCaps('mod+shift+enter').join(' ')

function Further({ mode, written, acts }: { mode: Mode; written: boolean; acts: Acts }) {
  const further = mode === 'reply' ? t('Send and resolve') : t('Save and resolve')
  return (
    <>
      {written && (
        <>
          <Icon label={t('Discard the draft')} onClick={acts.discard}>
            <Trash2 size={16} />
          </Icon>
          <Icon label={further} keys={resolveKeys} onClick={acts.resolve}>
            <CircleCheck size={16} />
          </Icon>
        </>
      )}
      {mode === 'reply' && (
        <Button variant="subtle" color="gray" onClick={acts.replies}>
          {t('Canned reply')}&nbsp;
          <Keys keys="/" />
        </Button>
      )}
    </>
  )
}

interface IconProps {
  label: string
  keys?: string
  onClick: () => unknown
  children: ReactNode
}

const Icon = ({ label, keys = '', onClick, children }: IconProps) => (
  <Tooltip label={`${label}  ${keys}`.trim()}>
    <ActionIcon aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)
