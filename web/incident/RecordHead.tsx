import { Button, Menu } from '@mantine/core'
import type { Incident } from '#shared/incident.ts'
import { Keys } from '#web/core/Keys.tsx'
import { t } from '#web/core/words.ts'
import { useEdit } from '#web/incident/edit.tsx'
import { movesFor } from '#web/incident/moves.tsx'
import { EditTitle } from '#web/item/EditRow.tsx'
import { State, StateShape } from '#web/item/State.tsx'
import type { Bench } from '#web/item/verbs.ts'
import styles from '#web/item/record.module.css'

/** What a record is called, where it stands, and where it can go from there. */
export function RecordHead({ incident, bench }: { incident: Incident; bench: Bench }) {
  const edit = useEdit(incident)
  const { title, state } = incident
  const rename = (next: string) => edit({ title: next }, { title: next }, { title })
  const [first, ...others] = preferred(movesFor([incident]))
  return (
    <header className={styles.head}>
      <EditTitle title={title} onSave={incident.can.includes('edit') ? rename : undefined} />
      <div className={styles.moves}>
        <State state={state} />
        {incident.major && <span className={styles.major}>{t('Major incident')}</span>}
        {incident.holdReason !== null && <span className={styles.quiet}>{waitsFor[incident.holdReason]}</span>}
        <span className={styles.gap} />
        {first && (
          <Button variant="default" onClick={() => first.run(bench)} leftSection={<StateShape state={first.to} />}>
            {first.label}
          </Button>
        )}
        {others.length > 0 && (
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <Button variant="default" rightSection={<Keys keys="s" />}>
                {t('More')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map((move) => (
                <Menu.Item
                  key={move.id}
                  onClick={() => move.run(bench)}
                  leftSection={<StateShape state={move.to} />}
                  {...(move.id === 'cancel' && { color: 'danger' })}
                >
                  {move.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </header>
  )
}

const waitsFor = {
  caller: t('for the caller'),
  change: t('for a change'),
  problem: t('for a problem'),
  vendor: t('for a vendor'),
  evidence: t('for evidence'),
} satisfies Record<NonNullable<Incident['holdReason']>, string>

const order = ['start', 'resolve', 'reopen', 'hold', 'close', 'cancel']

/** The likeliest next step first. */
const preferred = (moves: ReturnType<typeof movesFor>) =>
  moves.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
