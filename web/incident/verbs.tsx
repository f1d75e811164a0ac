import { assignIncident, changeIncident, levelNames } from '#shared/incident.ts'
import { getPriorityMatrix } from '#shared/matrix.ts'
import { call, query } from '#web/core/api.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { t } from '#web/core/words.ts'
import { openMoves } from '#web/incident/moves.tsx'
import { itemVerbs } from '#web/item/itemVerbs.ts'
import { assignmentChoices, type Assignment } from '#web/item/people.tsx'
import { PriorityShape, priorityName } from '#web/item/Priority.tsx'
import { change, doing } from '#web/item/change.ts'
import { fixed, nameOf, type Bench, type Verb } from '#web/item/verbs.ts'

export const incidentVerbs: readonly Verb[] = [
  {
    id: 'assign',
    label: t('Assign to…'),
    short: t('Assign'),
    keys: 'a',
    may: 'item.work',
    bulk: true,
    run: openAssign,
  },
  {
    id: 'assign-me',
    label: t('Assign to me'),
    short: t('To me'),
    keys: 'i',
    may: 'item.work',
    bulk: true,
    run: assignToMe,
  },
  {
    id: 'state',
    label: t('Change state…'),
    short: t('State'),
    keys: 's',
    may: 'item.work',
    bulk: true,
    run: openMoves,
  },
  {
    id: 'priority',
    label: t('Change priority…'),
    short: t('Priority'),
    keys: 'p',
    may: 'item.work',
    bulk: true,
    run: openPriority,
  },
  ...itemVerbs,
]

function openAssign(bench: Bench) {
  const on = fixed(bench)
  openPalette({
    id: 'assign',
    title: t('Assign {what}', { what: nameOf(on) }),
    placeholder: t('A person or a team'),
    choices: (text) =>
      narrow(
        [
          { id: 'nobody', label: t('Nobody'), run: () => assign(on, { assigneeId: null }, t('Unassigned')) },
          { id: 'myself', label: t('Me'), keys: 'i', run: () => assignToMe(on) },
        ],
        text,
      ),
    lookUp: (text) =>
      assignmentChoices(bench.client, text, (to, name) => assign(on, to, t('Assigned to {name}', { name }))),
  })
}

function assignToMe(bench: Bench) {
  assign(bench, { assigneeId: bench.me.id }, t('Assigned to me'))
}

/** A person who is in no team of the record takes it into one of their own: the server says which, or refuses. */
function assign(bench: Bench, to: Assignment, label: string) {
  void change(bench, {
    label,
    ...doing(assignIncident, to),
    unmake: ({ id, team, assignee }) =>
      call(assignIncident, { id, teamId: team?.id ?? null, assigneeId: assignee?.id ?? null }),
  })
}

async function openPriority(bench: Bench) {
  const cells = await bench.client.ensureQueryData(query(getPriorityMatrix, {}))
  const on = fixed(bench)
  const choices = cells
    .toSorted((one, other) => one.priority - other.priority || one.impact - other.impact)
    .map(({ impact, urgency, priority }) => ({
      id: `${impact}-${urgency}`,
      label: priorityName(priority),
      hint: levelsInWords(impact, urgency),
      icon: <PriorityShape priority={priority} />,
      run: () => setLevels(on, { impact, urgency, priority }),
    }))
  openPalette({
    id: 'priority',
    title: t('Priority of {what}', { what: nameOf(on) }),
    placeholder: t('Priority follows from impact and urgency'),
    choices: (text) => narrow(choices, text),
  })
}

export const levelName = (level: number) =>
  t(Object.entries(levelNames).find(([key]) => Number(key) === level)?.[1] ?? String(level))

export const levelsInWords = (impact: number, urgency: number) =>
  t('Impact {impact} × urgency {urgency}', {
    impact: levelName(impact).toLowerCase(),
    urgency: levelName(urgency).toLowerCase(),
  })

function setLevels(bench: Bench, { impact, urgency, priority }: { impact: number; urgency: number; priority: number }) {
  void change(bench, {
    label: t('Priority set to {priority}', { priority: priorityName(priority) }),
    guess: () => ({ priority, impact, urgency }),
    ...doing(changeIncident, { impact, urgency }),
    ...(bench.targets().every((row) => typeof row['impact'] === 'number') && {
      unmake: (row) =>
        call(changeIncident, { id: row.id, impact: Number(row['impact']), urgency: Number(row['urgency']) }),
    }),
  })
}
