import { assignIncident, changeIncident, getPriorityMatrix, levelNames } from '#shared/incident.ts'
import { setTags } from '#shared/item/item.ts'
import { listWatchers, unwatch, watch } from '#shared/item/watchers.ts'
import type { Row } from '#shared/records.ts'
import { listTemplates, takeAction } from '#shared/template.ts'
import { call, query } from '#web/core/api.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { openMoves } from '#web/incident/moves.tsx'
import { assignmentChoices, type Assignment } from '#web/item/people.tsx'
import { PriorityShape, priorityName } from '#web/item/Priority.tsx'
import { change, type Bench, type Verb } from '#web/item/verbs.ts'

/** What the targets are called in a question: the number of one, the count of many. */
export const nameOf = (targets: readonly Row[]) =>
  targets.length === 1 ? (targets[0]?.number ?? '') : `${targets.length} incidents`

export const incidentVerbs: readonly Verb[] = [
  { id: 'assign', label: 'Assign to…', short: 'Assign', keys: 'a', may: 'item.work', bulk: true, run: openAssign },
  { id: 'assign-me', label: 'Assign to me', short: 'To me', keys: 'i', may: 'item.work', bulk: true, run: assignToMe },
  { id: 'state', label: 'Change state…', short: 'State', keys: 's', may: 'item.work', bulk: true, run: openMoves },
  {
    id: 'priority',
    label: 'Change priority…',
    short: 'Priority',
    keys: 'p',
    may: 'item.work',
    bulk: true,
    run: openPriority,
  },
  { id: 'tags', label: 'Tags…', short: 'Tags', keys: 'l', may: 'item.work', bulk: true, run: openTags },
  { id: 'action', label: 'Quick action…', short: 'Action', keys: 'm', may: 'item.work', bulk: true, run: openActions },
  { id: 'watch', label: 'Watch, or stop watching', keys: 'w', may: 'item.work', run: toggleWatch },
  {
    id: 'reply',
    label: 'Reply to the requester',
    keys: 'r',
    may: 'item.comment',
    single: true,
    run: ({ write }) => write?.('reply'),
  },
  {
    id: 'note',
    label: 'Write an internal note',
    keys: 'n',
    may: 'item.note',
    single: true,
    run: ({ write }) => write?.('note'),
  },
  { id: 'copy', label: 'Copy link', keys: '.', may: 'item.read', run: copyLinks },
]

function openAssign(bench: Bench) {
  const fixed = fixedTargets(bench)
  openPalette({
    id: 'assign',
    title: `Assign ${nameOf(fixed.targets())}`,
    placeholder: 'A person or a team',
    choices: (text) =>
      narrow(
        [
          { id: 'nobody', label: 'Nobody', run: () => assign(fixed, { assigneeId: null }, 'nobody') },
          { id: 'myself', label: 'Me', keys: 'i', run: () => assignToMe(fixed) },
        ],
        text,
      ),
    lookUp: (text) => assignmentChoices(bench.client, text, (to, name) => assign(fixed, to, name)),
  })
}

function assignToMe(bench: Bench) {
  assign(bench, { assigneeId: bench.me.id }, 'me')
}

/** A person who is in no team of the record takes it into one of their own: the server says which, or refuses. */
function assign(bench: Bench, to: Assignment, name: string) {
  void change(bench, {
    label: name === 'nobody' ? 'Unassigned' : `Assigned to ${name}`,
    make: ({ id }) => call(assignIncident, { id, ...to }),
    unmake: ({ id, team, assignee }) =>
      call(assignIncident, { id, teamId: team?.id ?? null, assigneeId: assignee?.id ?? null }),
  })
}

async function openPriority(bench: Bench) {
  const cells = await bench.client.ensureQueryData(query(getPriorityMatrix, {}))
  const fixed = fixedTargets(bench)
  const choices = cells
    .toSorted((one, other) => one.priority - other.priority || one.impact - other.impact)
    .map(({ impact, urgency, priority }) => ({
      id: `${impact}-${urgency}`,
      label: priorityName(priority),
      hint: `Impact ${levelWord(impact)} × urgency ${levelWord(urgency)}`,
      icon: <PriorityShape priority={priority} />,
      run: () => setLevels(fixed, { impact, urgency, priority }),
    }))
  openPalette({
    id: 'priority',
    title: `Priority of ${nameOf(fixed.targets())}`,
    placeholder: 'Priority follows from impact and urgency',
    choices: (text) => narrow(choices, text),
  })
}

export const levelWord = (level: number) =>
  (Object.entries(levelNames).find(([key]) => Number(key) === level)?.[1] ?? String(level)).toLowerCase()

function setLevels(bench: Bench, { impact, urgency, priority }: { impact: number; urgency: number; priority: number }) {
  void change(bench, {
    label: `Priority set to ${priorityName(priority)}`,
    guess: () => ({ priority, impact, urgency }),
    make: ({ id }) => call(changeIncident, { id, impact, urgency }),
    ...(bench.targets().every((row) => typeof row['impact'] === 'number') && {
      unmake: (row) =>
        call(changeIncident, { id: row.id, impact: Number(row['impact']), urgency: Number(row['urgency']) }),
    }),
  })
}

function openTags(bench: Bench) {
  const fixed = fixedTargets(bench)
  const tags = new Map(fixed.targets().map(({ id, tags: its }) => [id, its]))
  const ask = () => {
    const on = new Set([...tags.values()].flat())
    openPalette({
      id: `tags-${[...on].join(' ')}`,
      title: `Tags of ${nameOf(fixed.targets())}`,
      placeholder: 'Add or take away a tag; type a new one',
      stays: true,
      choices: (text) => {
        const typed = text.trim().toLowerCase()
        const known = [...new Set([...on, ...tagsSeen(bench)])].map((tag) => ({ label: tag }))
        const offered = narrow(known, text).map(({ label: tag }) => ({
          id: tag,
          label: tag,
          ticked: on.has(tag),
          run: () => toggle(tag, !on.has(tag)),
        }))
        const isNew = typed !== '' && !known.some(({ label }) => label === typed)
        return isNew ? [...offered, { id: typed, label: `Add “${typed}”`, run: () => toggle(typed, true) }] : offered
      },
    })
  }
  const toggle = (tag: string, add: boolean) => {
    for (const [id, its] of tags) tags.set(id, add ? [...new Set([...its, tag])] : its.filter((one) => one !== tag))
    void change(fixed, {
      label: add ? `Tagged ${tag}` : `Tag ${tag} taken away`,
      guess: ({ id }) => ({ tags: tags.get(id) ?? [] }),
      make: ({ id }) => call(setTags, { itemId: id, tags: tags.get(id) ?? [] }),
      unmake: ({ id, tags: before }) => call(setTags, { itemId: id, tags: before }),
    })
    ask()
  }
  ask()
}

/** Tags on whatever lists are loaded; they are the likeliest to be wanted again. */
function tagsSeen({ client }: Bench) {
  const lists = client.getQueriesData<{ pages: { records: Row[] }[] }>({ queryKey: ['list'] })
  const rows = lists.flatMap(([, data]) => data?.pages.flatMap(({ records }) => records) ?? [])
  return new Set(rows.flatMap(({ tags }) => tags))
}

async function openActions(bench: Bench) {
  const actions = await bench.client.ensureQueryData(query(listTemplates, { use: 'action' }))
  const fixed = fixedTargets(bench)
  const choices = actions
    .filter(({ active }) => active)
    .map(({ id, name, fill }) => ({
      id,
      label: name,
      hint: Object.keys(fill).join(', '),
      run: () =>
        void change(fixed, { label: name, make: ({ id: itemId }) => call(takeAction, { itemId, templateId: id }) }),
    }))
  openPalette({
    id: 'actions',
    title: `Quick action on ${nameOf(fixed.targets())}`,
    placeholder: choices.length > 0 ? 'Which action' : 'There are no quick actions yet; a team lead can add them',
    choices: (text) => narrow(choices, text),
  })
}

async function toggleWatch(bench: Bench) {
  const { me, client } = bench
  const [first] = bench.targets()
  if (!first) return
  const watchers = await client.fetchQuery(query(listWatchers, { itemId: first.id }))
  const watched = watchers.some(({ id }) => id === me.id)
  const [act, back] = watched ? [unwatch, watch] : [watch, unwatch]
  void change(bench, {
    label: watched ? 'No longer watched' : 'Watched',
    make: ({ id }) => call(act, { itemId: id, personId: me.id }),
    unmake: ({ id }) => call(back, { itemId: id, personId: me.id }),
  })
}

async function copyLinks({ targets }: Bench) {
  const links = targets().map(({ number }) => `${window.location.origin}/t/${number}`)
  try {
    await navigator.clipboard.writeText(links.join('\n'))
    say(links.length === 1 ? 'Link copied' : `${links.length} links copied`)
  } catch (error) {
    sayWrong(error)
  }
}

/** What is asked about is what is changed, though the cursor may move while the question is open. */
export function fixedTargets(bench: Bench): Bench {
  const targets = bench.targets()
  return { ...bench, targets: () => targets }
}
