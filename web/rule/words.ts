import type { Rule, Then } from '#shared/rule.ts'
import { t } from '#web/core/words.ts'

/** When a rule is tried, as the end of “When an incident …”. */
export const eventWords: Readonly<Record<Rule['on'], string>> = {
  opened: t('is opened'),
  changed: t('is changed'),
  assigned: t('is assigned'),
  commented: t('is commented on'),
  reopened: t('is reopened'),
}

export const doWords: Readonly<Record<Then['do'], string>> = {
  'assign-team': t('assign it to the team'),
  'assign-person': t('assign it to'),
  'set-impact': t('set the impact to'),
  'set-urgency': t('set the urgency to'),
  'set-service': t('set the service to'),
  'add-tag': t('add the tag'),
  note: t('write the internal note'),
}

/** A step while it is being put together: what it does, and to what; a person keeps their name beside their id. */
export interface Step {
  readonly key: string
  readonly do: Then['do']
  readonly value: string
  readonly name?: string
}

export function stepOf(then: Then, key: string): Step {
  const { do: does, ...rest } = then
  return { key, do: does, value: String(Object.values(rest)[0] ?? '') }
}

export const thenOf = ({ do: does, value }: Step): Then => makes[does](value)

const makes: { readonly [D in Then['do']]: (value: string) => Then } = {
  'assign-team': (teamId) => ({ do: 'assign-team', teamId }),
  'assign-person': (personId) => ({ do: 'assign-person', personId }),
  'set-service': (serviceId) => ({ do: 'set-service', serviceId }),
  'set-impact': (impact) => ({ do: 'set-impact', impact: Number(impact) }),
  'set-urgency': (urgency) => ({ do: 'set-urgency', urgency: Number(urgency) }),
  'add-tag': (tag) => ({ do: 'add-tag', tag: tag.trim().toLowerCase() }),
  note: (body) => ({ do: 'note', body }),
}
