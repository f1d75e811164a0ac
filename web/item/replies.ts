import type { QueryClient } from '@tanstack/react-query'
import { fillReply, listTemplates } from '#shared/template.ts'
import { call, query } from '#web/core/api.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'

/** Asks which canned reply is meant, and gives it back filled in. */
export async function openReplies(client: QueryClient, itemId: string, insert: (body: string) => void) {
  const replies = await client.fetchQuery(query(listTemplates, { use: 'reply' })).catch(() => [])
  const fill = async (templateId: string) => {
    try {
      insert((await call(fillReply, { itemId, templateId })).body)
    } catch (error) {
      sayWrong(error)
    }
  }
  const choices = replies
    .filter(({ active }) => active)
    .map(({ id, name, body }) => ({ id, label: name, hint: body.slice(0, 80), run: () => void fill(id) }))
  openPalette({
    id: 'replies',
    title: t('Canned reply'),
    placeholder: choices.length > 0 ? t('Which reply') : t('There are no canned replies yet; a team lead can add them'),
    choices: (text) => narrow(choices, text),
  })
}
