import type { ComponentProps, ReactNode } from 'react'
import { Keys } from '#web/core/Keys.tsx'

interface PlainProps extends ComponentProps<'button'> {
  tone?: 'default' | 'filled' | 'link' | 'quiet' | 'icon'
  icon?: ReactNode
  keys?: string | undefined
}

/** A button as the kit draws it, without the kit: for what is on screen before anything else is loaded. */
export function Plain({ tone = 'default', icon, keys, children, ...props }: PlainProps) {
  return (
    <button type="button" {...props} data-plain={tone}>
      {icon}
      {children}
      <Keys keys={keys} />
    </button>
  )
}
