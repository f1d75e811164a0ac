import { lookAsRequester } from '#shared/guest.ts'
import { changeTags, setTags } from '#shared/item/item.ts'
import { listWatchers, unwatch, watch } from '#shared/item/watchers.ts'
import type { Row } from '#shared/records.ts'
import { listTemplates, takeAction } from '#shared/template.ts'
import { call, query } from '#web/core/api.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { change, doing } from '#web/item/change.ts'
import { fixed, isMany, nameOf, type Bench, type Verb } from '#web/item/verbs.ts'

/** What can be done with a record of any kind. */
export const itemVerbs: readonly Verb[] = [
  { id: 'tags', label: t('Tags…'), short: t('Tags'), keys: 'l', may: 'item.work', bulk: true, run: openTags },
  {
    id: 'action',
    label: t('Quick action…'),
    short: t('Action'),
    keys: 'm',
    may: 'item.work',
    bulk: true,
    run: openActions,
  },
  { id: 'watch', label: t('Watch, or stop watching'), keys: 'w', may: 'item.work', run: toggleWatch },
  {
    id: 'reply',
    label: t('Reply to the requester'),
    keys: 'r',
    may: 'item.comment',
    single: true,
    run: ({ write }) => write?.('reply'),
  },
  {
    id: 'note',
    label: t('Write an internal note'),
    keys: 'n',
    may: 'item.note',
    single: true,
    run: ({ write }) => write?.('note'),
  },
  { id: 'look', label: t('See as the requester'), may: 'item.work', single: true, run: look },
  { id: 'copy', label: t('Copy link'), keys: '.', may: 'item.read', run: copyLinks },
]

/** In a page of its own, which is opened at once: browsers let nothing open that comes later by itself. */
async function look({ targets }: Bench) {
  const [record] = targets()
  if (!record) return
  const page = window.open('', '_blank')
  try {
    const { url } = await call(lookAsRequester, { itemId: record.id })
    const { pathname, hash } = new URL(url)
    if (page) page.location.href = pathname + hash
  } catch (error) {
    page?.close()
    sayWrong(error)
  }
}

function openTags(bench: Bench) {
  const on = fixed(bench)
  const tags = new Map(on.targets().map(({ id, tags: its }) => [id, its]))
  const ask = () => {
    const worn = new Set([...tags.values()].flat())
    openPalette({
      id: `tags-${[...worn].join(' ')}`,
      title: t('Tags of {what}', { what: nameOf(on) }),
      placeholder: t('Add or take away a tag; type a new one'),
      stays: !isMany(on),
      choices: (text) => {
        const typed = text.trim().toLowerCase()
        const known = [...new Set([...worn, ...tagsSeen(bench)])].map((tag) => ({ label: tag }))
        const offered = narrow(known, text).map(({ label: tag }) => ({
          id: tag,
          label: tag,
          ticked: worn.has(tag),
          run: () => toggle(tag, !worn.has(tag)),
        }))
        const isNew = typed !== '' && !known.some(({ label }) => label === typed)
        return isNew
          ? [...offered, { id: typed, label: t('Add “{typed}”', { typed }), run: () => toggle(typed, true) }]
          : offered
      },
    })
  }
  const toggle = (tag: string, add: boolean) => {
    for (const [id, its] of tags) tags.set(id, add ? [...new Set([...its, tag])] : its.filter((one) => one !== tag))
    void change(on, {
      label: add ? t('Tagged {tag}', { tag }) : t('Tag {tag} taken away', { tag }),
      guess: ({ id }) => ({ tags: tags.get(id) ?? [] }),
      ...doing(changeTags, add ? { add: [tag] } : { remove: [tag] }),
      unmake: ({ id, tags: before }) => call(setTags, { itemId: id, tags: before }),
    })
    if (!isMany(on)) ask()
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
  const on = fixed(bench)
  const choices = actions
    .filter(({ active }) => active)
    .map(({ id, name, fill }) => ({
      id,
      label: name,
      hint: Object.keys(fill).join(', '),
      run: () => void change(on, { label: name, ...doing(takeAction, { templateId: id }) }),
    }))
  openPalette({
    id: 'actions',
    title: t('Quick action on {what}', { what: nameOf(on) }),
    placeholder: choices.length > 0 ? t('Which action') : t('There are no quick actions yet; a team lead can add them'),
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
    label: watched ? t('No longer watched') : t('Watched'),
    ...doing(act, { personId: me.id }),
    unmake: ({ id }) => call(back, { itemId: id, personId: me.id }),
  })
}

async function copyLinks({ targets }: Bench) {
  const links = targets().map(({ number }) => `${window.location.origin}/t/${number}`)
  try {
    await navigator.clipboard.writeText(links.join('\n'))
    say(t('{count, plural, one {Link copied} other {# links copied}}', { count: links.length }))
  } catch (error) {
    sayWrong(error)
  }
}
