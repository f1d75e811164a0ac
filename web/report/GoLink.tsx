import { useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'

/** A link within the app to a place that is put together as text. */
export function GoLink({ href, children, ...more }: ComponentProps<'a'> & { href: string }) {
  const router = useRouter()
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void router.navigate({ href })
  }
  return (
    <a href={href} onClick={go} {...more}>
      {children}
    </a>
  )
}
