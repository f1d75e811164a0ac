import { Button, CloseButton } from '@mantine/core'
import { useSignal } from '#web/core/signal.ts'
import { dismiss, toasts, type Toast } from '#web/core/toast.ts'
import styles from './shell.module.css'

export function Toasts() {
  const shown = useSignal(toasts)
  return (
    <output className={styles.toasts} aria-live="polite">
      {shown.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </output>
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
        <Button variant="subtle" size="compact-sm" onClick={undo} rightSection={<kbd>Z</kbd>}>
          Undo
        </Button>
      )}
      <CloseButton size="sm" aria-label="Dismiss" onClick={close} />
    </div>
  )
}
