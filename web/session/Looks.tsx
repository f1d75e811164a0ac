import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { changeMe } from '#shared/session.ts'
import { useAction } from '#web/core/api.ts'
import { useMe } from '#web/core/me.ts'
import { Section } from '#web/core/Page.tsx'
import { usePref } from '#web/core/prefs.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import styles from './session.module.css'

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const

const densities = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'default', label: 'Normal' },
  { value: 'compact', label: 'Compact' },
] as const

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** How the desk looks to one person: colours and density in this browser, the time zone everywhere. */
export function Looks() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = usePref('density')
  const { audience } = useMe()
  return (
    <Section title="How things look">
      <ul className={styles.rows}>
        <li>
          <span>Colours</span>
          <SegmentedControl
            aria-label="Colours"
            data={[...schemes]}
            value={colorScheme}
            onChange={(value) => setColorScheme(schemes.find((one) => one.value === value)?.value ?? 'auto')}
          />
        </li>
        {audience === 'staff' && (
          <li>
            <span>Rows of lists</span>
            <SegmentedControl aria-label="Rows of lists" data={[...densities]} value={density} onChange={setDensity} />
          </li>
        )}
        <li>
          <span>
            Time zone<small>All times are shown in it</small>
          </span>
          <Zone />
        </li>
      </ul>
    </Section>
  )
}

function Zone() {
  const { zone } = useMe()
  const { mutateAsync } = useAction(changeMe)
  const [chosen, setChosen] = useState(zone)
  const choose = async (next: string | null) => {
    if (next === null || next === zone) return
    setChosen(next)
    try {
      await mutateAsync({ zone: next })
      say('Time zone changed', { undo: () => void choose(zone) })
    } catch (error) {
      setChosen(zone)
      sayWrong(error)
    }
  }
  return (
    <Select
      aria-label="Time zone"
      data={zones.includes(chosen) ? zones : [chosen, ...zones]}
      value={chosen}
      searchable
      limit={50}
      allowDeselect={false}
      onChange={choose}
      w={220}
    />
  )
}
