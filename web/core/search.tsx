import type { AnyRouter } from '@tanstack/react-router'
import { kindNamed } from '#shared/kinds.ts'
import { search } from '#shared/item/search.ts'
import { call } from '#web/core/api.ts'
import { commandsNow } from '#web/core/keys.ts'
import { narrow, openPalette, type Choice } from '#web/core/palette.ts'
import { t } from '#web/core/words.ts'

/** Open the palette on its first page: what can be done here, where one can go, and every record. */
export const openSearch = (router: AnyRouter) => () => {
  const commands: readonly Choice[] = commandsNow()
    .filter(({ id, unlisted }) => unlisted !== true && id !== 'palette' && id !== 'search')
    .map(({ id, label, section, keys, run }) => ({ id, label, section, keys, run }))
  openPalette({
    id: 'search',
    title: t('Search or jump'),
    placeholder: t('Find a record, or say what to do'),
    choices: (text) => narrow(commands, text).slice(0, text === '' ? 40 : 8),
    lookUp: (text) => (text.length < 2 ? Promise.resolve([]) : recordsFor(text, router)),
  })
}

async function recordsFor(text: string, router: AnyRouter): Promise<readonly Choice[]> {
  const hits = await call(search, { q: text, limit: 12 })
  return hits.map(({ id, kind, number, title, state, requester }) => ({
    id,
    label: `${number}  ${title}`,
    section: t('Records'),
    hint: `${t(kindNamed(kind)?.states[state]?.label ?? state)} · ${requester.name}`,
    run: () => void router.navigate({ href: `/t/${number}` }),
  }))
}
