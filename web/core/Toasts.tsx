import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Plain } from '#web/core/Plain.tsx'
import { useSignal } from '#web/core/signal.ts'
import { dismiss, toasts, type Toast } from '#web/core/toast.ts'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

/** What is said in passing, below what goes on meanwhile. */
export function Toasts({ children }: { children?: ReactNode }) {
  const shown = useSignal(toasts)
  return (
    <div className={styles.toasts}>
      {children}
      <output aria-live="polite">
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} />
        ))}
      </output>
    </div>
  )
}

function OneToast({ toast }: { toast: Toast }) {
  const close = () => dismiss(toast.id)
  const undo = () => {
    close()
    toast.undo?.()
  }
  return (
    <div className={styles.toast} data-tone={toast.tone}>
      <span>
        {toast.text}
        {toast.more !== undefined && <small>{toast.more}</small>}
      </span>
      {toast.undo && (
        <Plain tone="link" onClick={undo} keys="z">
          {t('Undo')}
        </Plain>
      )}
      <Plain tone="icon" aria-label={t('Dismiss')} onClick={close} icon={<X size={16} aria-hidden="true" />} />
    </div>
  )
}
