import type { Output } from '#shared/core/endpoint.ts'
import type { listTemplates } from '#shared/template.ts'
import { t } from '#web/core/words.ts'

export type Template = Output<typeof listTemplates>[number]
export type Use = Template['use']

interface UseWords {
  readonly title: string
  readonly about: string
  readonly fresh: string
  readonly none: string
  readonly teach: string
}

/** The four ways to save typing, and how each is told. */
export const uses: Readonly<Record<Use, UseWords>> = {
  reply: {
    title: t('Replies'),
    about: t('Text for the requester, brought up with / while one writes. {example} and the like are filled in.', {
      example: '{{requester}}',
    }),
    fresh: t('New reply'),
    none: t('There are no replies yet'),
    teach: t('Write down the answer that you gave twice this week.'),
  },
  template: {
    title: t('Templates'),
    about: t('What a new incident already says when somebody reports the usual.'),
    fresh: t('New template'),
    none: t('There are no templates yet'),
    teach: t('Begin with what is reported most: its title, its service, its usual impact.'),
  },
  action: {
    title: t('Quick actions'),
    about: t('Several fields set at once on an open incident, with the key M.'),
    fresh: t('New quick action'),
    none: t('There are no quick actions yet'),
    teach: t('Find two changes that always go together, and make them one.'),
  },
  handling: {
    title: t('Handling notes'),
    about: t('What staff must know about certain incidents. It stands on each that the filter matches.'),
    fresh: t('New handling note'),
    none: t('There are no handling notes yet'),
    teach: t('Write what only one colleague knows, and say for which incidents it holds.'),
  },
}

export const isUse = (value: string): value is Use => value in uses
