import { lazy } from 'react'
import { closeIncident, incidentMoves, IncidentState, startIncident } from '#shared/incident.ts'
import type { Row } from '#shared/records.ts'
import { openLayer } from '#web/core/layer.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { StateShape } from '#web/item/State.tsx'
import { change, doing } from '#web/item/change.ts'
import { fixed, nameOf, type Bench } from '#web/item/verbs.ts'

const MoveDialog = lazy(async () => ({ default: (await import('#web/incident/MoveDialog.tsx')).MoveDialog }))

/** Moves that need words: why, for what, how it ended. */
export type AskedMove = 'hold' | 'resolve' | 'reopen' | 'cancel'

export interface Move {
  readonly id: AskedMove | 'start' | 'close'
  readonly label: string
  readonly to: IncidentState
  readonly from: (state: IncidentState) => boolean
  readonly run: (bench: Bench) => void
}

const mayBecome = (to: IncidentState) => (from: IncidentState) => incidentMoves[from].some((move) => move === to)

const ask = (move: AskedMove) => (bench: Bench) => openLayer(<MoveDialog move={move} bench={bench} />)

/** Asks how it ended; what was written to go with it is sent first, and only then. */
export function resolveAfter(bench: Bench, send: () => Promise<boolean>) {
  const [record] = bench.targets()
  if (movesFor(bench.targets()).some(({ id }) => id === 'resolve'))
    openLayer(<MoveDialog move="resolve" bench={bench} before={{ label: t('Send and resolve'), run: send }} />)
  else
    sayWrong(new Error(t('{number} cannot be resolved from here. Nothing was sent', { number: record?.number ?? '' })))
}

export const moves: readonly Move[] = [
  {
    id: 'start',
    label: t('Start work'),
    to: 'in_progress',
    from: (state) => state !== 'resolved' && mayBecome('in_progress')(state),
    run: start,
  },
  { id: 'hold', label: t('Wait…'), to: 'waiting', from: mayBecome('waiting'), run: ask('hold') },
  { id: 'resolve', label: t('Resolve…'), to: 'resolved', from: mayBecome('resolved'), run: ask('resolve') },
  { id: 'reopen', label: t('Reopen…'), to: 'in_progress', from: (state) => state === 'resolved', run: ask('reopen') },
  { id: 'close', label: t('Close'), to: 'closed', from: mayBecome('closed'), run: close },
  { id: 'cancel', label: t('Cancel…'), to: 'cancelled', from: mayBecome('cancelled'), run: ask('cancel') },
]

/** The moves that some of the targets can make; an open record also says which of them are one's own to make. */
export function movesFor(targets: readonly Row[]): readonly Move[] {
  const able = ({ id, from }: Move) =>
    targets.some((row) => {
      const state = IncidentState.safeParse(row.state)
      const can = row['can']
      return state.success && from(state.data) && (!Array.isArray(can) || can.includes(id))
    })
  return moves.filter(able)
}

export function openMoves(bench: Bench) {
  const on = fixed(bench)
  const choices = movesFor(on.targets()).map(({ id, label, to, run }) => ({
    id,
    label,
    icon: <StateShape state={to} />,
    run: () => run(on),
  }))
  openPalette({
    id: 'state',
    title: t('State of {what}', { what: nameOf(on) }),
    placeholder: choices.length > 0 ? t('What happens next') : t('It is closed for good; a follow-up can be opened'),
    choices: (text) => narrow(choices, text),
  })
}

function start(bench: Bench) {
  void change(bench, {
    label: t('Started'),
    guess: () => ({ state: 'in_progress', phase: 'open' }),
    ...doing(startIncident, {}),
  })
}

function close(bench: Bench) {
  void change(bench, { label: t('Closed'), ...doing(closeIncident, {}) })
}
