import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { Keys } from '#web/core/Keys.tsx'
import { t } from '#web/core/words.ts'
import { applies, type Bench, type Verb } from '#web/item/verbs.ts'

/** All verbs that apply to a record, with their keys. */
export function VerbMenu({ bench, verbs }: { bench: Bench; verbs: readonly Verb[] }) {
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('What can be done')}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {verbs
          .filter((verb) => applies(verb, bench))
          .map((verb) => (
            <Menu.Item key={verb.id} onClick={() => verb.run(bench)} rightSection={<Keys keys={verb.keys} />}>
              {verb.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
