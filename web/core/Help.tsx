import { Modal, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { allCommands, type Command } from '#web/core/keys.ts'
import { Keys } from '#web/core/Keys.tsx'
import { closeLayer } from '#web/core/layer.ts'
import { usePref } from '#web/core/prefs.ts'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

/** All keys that work here, by what they are for. */
export function Help() {
  const [commands] = useState(allCommands)
  const [single, setSingle] = usePref('singleKeys')
  const sections = Object.entries(Object.groupBy(commands.filter(hasKeys), ({ section }) => section))
  return (
    <Modal opened onClose={closeLayer} title={t('Keyboard')} size={760}>
      <Switch
        label={t('Single keys act, such as J, A or C')}
        description={t('Off, only keys with Ctrl, Alt or Command and the arrow keys act')}
        checked={single !== 'off'}
        onChange={(event) => setSingle(event.currentTarget.checked ? 'on' : 'off')}
        mb="md"
      />
      <div className={styles.help}>
        {sections.map(([section, all]) => (
          <div key={section} className={styles.helpPart}>
            <Text fw={600} component="h3" m={0} mb={4} fz="sm">
              {section}
            </Text>
            <dl>
              {(all ?? []).map(({ id, label, keys }) => (
                <div key={id}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                    <span className="unseen">{keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Modal>
  )
}

const hasKeys = ({ keys }: Command) => keys !== undefined
