import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { signOut } from '#shared/session.ts'
import { call } from '#web/core/api.ts'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'

/** The way out, in whichever menu. */
export function SignOut() {
  const client = useQueryClient()
  const leave = async () => {
    try {
      await call(signOut, {})
      client.clear()
      window.location.assign('/sign-in')
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Menu.Item leftSection={<LogOut size={16} />} onClick={leave}>
      {t('Sign out')}
    </Menu.Item>
  )
}
