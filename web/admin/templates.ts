import type { Output } from '#shared/core/endpoint.ts'
import type { listTemplates } from '#shared/template.ts'

export type Template = Output<typeof listTemplates>[number]
export type Use = Template['use']

interface UseWords {
  readonly title: string
  readonly about: string
  readonly fresh: string
  readonly teach: string
}

/** The four ways to save typing, and how each is told. */
export const uses: Readonly<Record<Use, UseWords>> = {
  reply: {
    title: 'Replies',
    about: 'Text for the requester, brought up with / while one writes. {{requester}} and the like are filled in.',
    fresh: 'New reply',
    teach: 'Write down the answer that you gave twice this week.',
  },
  template: {
    title: 'Templates',
    about: 'What a new incident already says when somebody reports the usual.',
    fresh: 'New template',
    teach: 'Begin with what is reported most: its title, its service, its usual impact.',
  },
  action: {
    title: 'Quick actions',
    about: 'Several fields set at once on an open incident, with the key M.',
    fresh: 'New quick action',
    teach: 'Find two changes that always go together, and make them one.',
  },
  handling: {
    title: 'Handling notes',
    about: 'What staff must know about certain incidents. It stands on each that the filter matches.',
    fresh: 'New handling note',
    teach: 'Write what only one colleague knows, and say for which incidents it holds.',
  },
}

export const isUse = (value: string): value is Use => value in uses
