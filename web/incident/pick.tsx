import type { QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { levelNames, Source, sourceNames } from '#shared/incident.ts'
import { listServices } from '#shared/service.ts'
import { query } from '#web/core/api.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'

interface ServiceChoice {
  readonly id: string
  readonly name: string
  readonly tier: number
}

export async function pickService(client: QueryClient, pick: (service: ServiceChoice | null) => void) {
  try {
    const services = await client.ensureQueryData(query(listServices, {}))
    const choices = services
      .filter(({ retired }) => !retired)
      .map(({ id, name, tier, team }) => ({
        id,
        label: name,
        hint: [t('tier {tier}', { tier }), team?.name].filter(Boolean).join(' · '),
        run: () => pick({ id, name, tier }),
      }))
    const none = { id: 'none', label: t('None'), run: () => pick(null) }
    openPalette({
      id: 'service',
      title: t('Service'),
      placeholder: t('What is it about'),
      choices: (text) => narrow([...choices, none], text),
    })
  } catch (error) {
    sayWrong(error)
  }
}

export function pickLevel(title: string, now: number, pick: (level: number) => void) {
  const choices = Object.entries(levelNames).map(([level, label]) => ({
    id: level,
    label: t(label),
    ticked: Number(level) === now,
    run: () => pick(Number(level)),
  }))
  openPalette({ id: title, title, placeholder: title, choices: (text) => narrow(choices, text) })
}

export function pickSource(now: z.infer<typeof Source>, pick: (source: z.infer<typeof Source>) => void) {
  const choices = Source.options.map((source) => ({
    id: source,
    label: t(sourceNames[source]),
    ticked: source === now,
    run: () => pick(source),
  }))
  openPalette({
    id: 'source',
    title: t('Source'),
    placeholder: t('How it reached the desk'),
    choices: (text) => narrow(choices, text),
  })
}
