import { Menu, type MenuProps } from '@mantine/core'
import { cloneElement, useEffect, useRef, type ReactElement, type ReactNode, type Ref } from 'react'

/** A button that a menu hangs on. */
export type Target = ReactElement<{ ref?: Ref<HTMLButtonElement> }>

interface OpenedMenuProps extends Omit<MenuProps, 'opened' | 'onChange' | 'defaultOpened'> {
  readonly target: Target
  readonly children: ReactNode
}

/** A menu for what is loaded on demand: its target is pressed as soon as it is there, and has focus again when it closes. */
export function OpenedMenu({ target, children, ...props }: OpenedMenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    button.current?.focus()
    button.current?.click()
  }, [])
  return (
    <Menu {...props}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      {children}
    </Menu>
  )
}
