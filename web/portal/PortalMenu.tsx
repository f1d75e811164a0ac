import { Menu } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { Headset, UserRound } from 'lucide-react'
import { useMe } from '#web/core/me.ts'
import { OpenedMenu } from '#web/core/OpenedMenu.tsx'
import { SignOut } from '#web/core/SignOut.tsx'
import { WhoButton } from '#web/portal/WhoButton.tsx'

/** Who is signed in, the way to their account, and the way out. */
export function PortalMenu() {
  const me = useMe()
  const router = useRouter()
  return (
    <OpenedMenu position="bottom-end" width={220} target={<WhoButton />}>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={<UserRound size={16} />}
          onClick={() => void router.navigate({ to: '/portal/account' })}
        >
          Account
        </Menu.Item>
        {me.audience === 'staff' && (
          <Menu.Item leftSection={<Headset size={16} />} onClick={() => void router.navigate({ to: '/q' })}>
            Back to the desk
          </Menu.Item>
        )}
        <SignOut />
      </Menu.Dropdown>
    </OpenedMenu>
  )
}
