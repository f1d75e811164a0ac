import { Button } from '@mantine/core'
import { Check, Copy as CopyIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import styles from './page.module.css'
import { t } from '#web/core/words.ts'

/** Text to be taken elsewhere. Where the browser forbids it to be copied, it is selected instead. */
export function Copy({ text, label, block = false }: { text: string; label: string; block?: boolean }) {
  const [copied, setCopied] = useState(false)
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      const selection = window.getSelection()
      if (box.current) selection?.selectAllChildren(box.current)
    }
  }
  return (
    <div className={styles.copy} data-block={block || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section aria-label={label} tabIndex={0}>
        <pre ref={box}>{text}</pre>
      </section>
      <Button
        variant="default"
        aria-label={t('Copy: {label}', { label })}
        leftSection={copied ? <Check size={16} /> : <CopyIcon size={16} />}
        onClick={copy}
      >
        {copied ? t('Copied') : t('Copy')}
      </Button>
    </div>
  )
}
