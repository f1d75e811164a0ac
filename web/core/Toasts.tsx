import { X } from 'lucide-react'
import { Suspense } from 'react'
import { beside } from '#web/core/layer.ts'
import { Plain } from '#web/core/Plain.tsx'
import { useSignal } from '#web/core/signal.ts'
import { dismiss, toasts, type Toast } from '#web/core/toast.ts'
import styles from './shell.module.css'

export function Toasts() {
  const shown = useSignal(toasts)
  const first = useSignal(beside)
  return (
    <div className={styles.toasts}>
      <Suspense>{first}</Suspense>
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
          Undo
        </Plain>
      )}
      <Plain tone="icon" aria-label="Dismiss" onClick={close} icon={<X size={16} aria-hidden="true" />} />
    </div>
  )
}
