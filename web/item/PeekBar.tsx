import { ActionIcon, CloseButton, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronUp, Lock, Maximize2 } from 'lucide-react'
import type { Record } from '#shared/records.ts'
import type { PeekProps } from '#web/item/kind.ts'
import { Company } from '#web/item/Company.tsx'
import { VerbMenu } from '#web/item/VerbMenu.tsx'
import type { Bench, Verb } from '#web/item/verbs.ts'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

interface PeekBarProps extends Omit<PeekProps, 'number'> {
  record: Record
  bench: Bench
  verbs: readonly Verb[]
}

/** The bar above a record that is peeked at. */
export function PeekBar({ record: { id, number, confidential }, bench, verbs, onClose, onStep }: PeekBarProps) {
  return (
    <div className={styles.bar}>
      <span className="mono">{number}</span>
      {confidential && <Lock size={14} aria-label={t('Confidential')} />}
      <span className={styles.gap} />
      <Company itemId={id} />
      <Tooltip label={t('Record before  [')}>
        <ActionIcon aria-label={t('Record before')} onClick={() => onStep(-1)}>
          <ChevronUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('Next record  ]')}>
        <ActionIcon aria-label={t('Next record')} onClick={() => onStep(1)}>
          <ChevronDown size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('Whole page  ⇧ ↵')}>
        <ActionIcon
          aria-label={t('Open the whole page')}
          renderRoot={(props) => <Link {...props} to="/t/$number" params={{ number }} />}
        >
          <Maximize2 size={14} />
        </ActionIcon>
      </Tooltip>
      <VerbMenu bench={bench} verbs={verbs} />
      <CloseButton aria-label={t('Close the peek')} onClick={onClose} />
    </div>
  )
}
