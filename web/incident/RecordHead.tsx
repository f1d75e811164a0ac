import { ActionIcon, Button, CloseButton, Menu, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronUp, Ellipsis, Lock, Maximize2 } from 'lucide-react'
import type { Incident } from '#shared/incident.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useEdit } from '#web/incident/edit.tsx'
import { movesFor } from '#web/incident/moves.tsx'
import { incidentVerbs } from '#web/incident/verbs.tsx'
import { Company } from '#web/item/Company.tsx'
import { EditTitle } from '#web/item/EditRow.tsx'
import { State, StateShape } from '#web/item/State.tsx'
import { applies, type Bench } from '#web/item/verbs.ts'
import styles from '#web/item/record.module.css'

interface PeekBarProps {
  incident: Incident
  bench: Bench
  onClose: () => void
  onStep: (by: number) => void
}

/** The bar above a record that is peeked at. */
export function PeekBar({ incident, bench, onClose, onStep }: PeekBarProps) {
  const { number } = incident
  return (
    <div className={styles.bar}>
      <span className="mono">{number}</span>
      {incident.confidential && <Lock size={14} aria-label="Confidential" />}
      <span className={styles.gap} />
      <Company itemId={incident.id} />
      <Tooltip label="Record before  [">
        <ActionIcon aria-label="Record before" onClick={() => onStep(-1)}>
          <ChevronUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next record  ]">
        <ActionIcon aria-label="Next record" onClick={() => onStep(1)}>
          <ChevronDown size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Whole page  ⇧ ↵">
        <ActionIcon
          aria-label="Open the whole page"
          renderRoot={(props) => <Link {...props} to="/t/$number" params={{ number }} />}
        >
          <Maximize2 size={14} />
        </ActionIcon>
      </Tooltip>
      <VerbMenu bench={bench} />
      <CloseButton aria-label="Close the peek" onClick={onClose} />
    </div>
  )
}

/** All verbs that apply to a record, with their keys. */
export function VerbMenu({ bench }: { bench: Bench }) {
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label="What can be done">
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {incidentVerbs
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
        {incident.major && <span className={styles.major}>Major incident</span>}
        {incident.holdReason !== null && <span className={styles.quiet}>for {incident.holdReason}</span>}
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
                More
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

const order = ['start', 'resolve', 'reopen', 'hold', 'close', 'cancel']

/** The likeliest next step first. */
const preferred = (moves: ReturnType<typeof movesFor>) =>
  moves.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
