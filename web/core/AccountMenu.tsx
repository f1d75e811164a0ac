import { Menu, useMantineColorScheme } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { UserRound } from 'lucide-react'
import { AccountButton } from '#web/core/AccountButton.tsx'
import { useMe } from '#web/core/me.ts'
import { OpenedMenu } from '#web/core/OpenedMenu.tsx'
import { usePlaces } from '#web/core/places.ts'
import { usePref } from '#web/core/prefs.ts'
import { SignOut } from '#web/core/SignOut.tsx'
import { t } from '#web/core/words.ts'

/** Who is signed in, how the desk looks to them, and the way out. On a phone also the places of the rail. */
export function AccountMenu({ bar = false }: { bar?: boolean }) {
  const me = useMe()
  const router = useRouter()
  return (
    <OpenedMenu position="top-start" width={240} target={<AccountButton bar={bar} />}>
      <Menu.Dropdown>
        {bar && <Places />}
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item leftSection={<UserRound size={16} />} onClick={() => void router.navigate({ href: '/account' })}>
          {t('Account')}
        </Menu.Item>
        <Menu.Divider />
        <Schemes />
        <Densities />
        <Menu.Divider />
        <SignOut />
      </Menu.Dropdown>
    </OpenedMenu>
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
  { value: 'light', label: t('Light') },
  { value: 'dark', label: t('Dark') },
  { value: 'auto', label: t('As the system') },
] as const

const schemeOf = (value: string) => schemes.find((scheme) => scheme.value === value)?.value ?? 'auto'

function Schemes() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('Colours')}</Menu.Label>
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
  { value: 'comfortable', label: t('Comfortable rows') },
  { value: 'default', label: t('Normal rows') },
  { value: 'compact', label: t('Compact rows') },
] as const

function Densities() {
  const [density, setDensity] = usePref('density')
  return (
    <>
      <Menu.Label>{t('Lists')}</Menu.Label>
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
