import { Menu, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { LogOut, UserRound } from 'lucide-react'
import { signOut } from '#shared/session.ts'
import { call } from '#web/core/api.ts'
import { AccountButton } from '#web/core/AccountButton.tsx'
import { useMe } from '#web/core/me.ts'
import { usePlaces } from '#web/core/places.ts'
import { usePref } from '#web/core/prefs.ts'
import { sayWrong } from '#web/core/toast.ts'

/** Who is signed in, how the desk looks to them, and the way out. On a phone also the places of the rail. */
export function AccountMenu({ bar = false }: { bar?: boolean }) {
  const me = useMe()
  const router = useRouter()
  return (
    <Menu position="top-start" width={240} defaultOpened>
      <Menu.Target>
        <AccountButton bar={bar} />
      </Menu.Target>
      <Menu.Dropdown>
        {bar && <Places />}
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item leftSection={<UserRound size={16} />} onClick={() => void router.navigate({ href: '/account' })}>
          Account
        </Menu.Item>
        <Menu.Divider />
        <Schemes />
        <Densities />
        <Menu.Divider />
        <SignOut />
      </Menu.Dropdown>
    </Menu>
  )
}

function Places() {
  const router = useRouter()
  return (
    <>
      {usePlaces().map(({ id, label, href, icon: Icon }) => (
        <Menu.Item key={id} leftSection={<Icon size={16} />} onClick={() => void router.navigate({ href })}>
          {label}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  )
}

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const

const schemeOf = (value: string) => schemes.find((scheme) => scheme.value === value)?.value ?? 'auto'

function Schemes() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>Colours</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(schemeOf(value))}>
        {schemes.map(({ value, label }) => (
          <Menu.RadioItem key={value} value={value}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

const densities = [
  { value: 'comfortable', label: 'Comfortable rows' },
  { value: 'default', label: 'Normal rows' },
  { value: 'compact', label: 'Compact rows' },
] as const

function Densities() {
  const [density, setDensity] = usePref('density')
  return (
    <>
      <Menu.Label>Lists</Menu.Label>
      <Menu.RadioGroup value={density} onChange={setDensity}>
        {densities.map(({ value, label }) => (
          <Menu.RadioItem key={value} value={value}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

function SignOut() {
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
      Sign out
    </Menu.Item>
  )
}
