import type { QueryClient } from '@tanstack/react-query'
import { listPeople, listTeams } from '#shared/people.ts'
import { call, query } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { narrow, openPalette, type Choice } from '#web/core/palette.ts'
import { t } from '#web/core/words.ts'

export interface Assignment {
  readonly teamId?: string | null
  readonly assigneeId?: string | null
}

/** Teams and staff that a record may be given to, by what was typed. */
export async function assignmentChoices(
  client: QueryClient,
  text: string,
  pick: (assignment: Assignment, name: string) => void,
): Promise<readonly Choice[]> {
  const [teams, { people }] = await Promise.all([
    client.ensureQueryData(query(listTeams, {})),
    call(listPeople, { q: text, audience: 'staff', active: 'true', limit: 30 }),
  ])
  const offered = teams.filter(({ retired }) => !retired).map((team) => ({ ...team, label: team.name }))
  return [
    ...people.map(({ id, name, teams: its }) => ({
      id,
      label: name,
      section: t('People'),
      hint: its.map((team) => team.name).join(', '),
      icon: <Initials name={name} quiet />,
      run: () => pick({ assigneeId: id }, name),
    })),
    ...narrow(offered, text).map(({ id, name, members }) => ({
      id,
      label: name,
      section: t('Teams'),
      hint:
        members.length === 1
          ? '1 member'
          : t('{count, plural, one {# member} other {# members}}', { count: members.length }),
      run: () => pick({ teamId: id }, name),
    })),
  ]
}

interface PersonChoice {
  readonly id: string
  readonly name: string
  readonly vip: boolean
  readonly active: boolean
}

interface PickOptions {
  /** What choosing nobody does, where that is a choice. */
  readonly clear?: () => void
  readonly staff?: boolean
}

/** Ask for one of the people whom one may look up. */
export function pickPerson(title: string, pick: (person: PersonChoice) => void, { clear, staff }: PickOptions = {}) {
  openPalette({
    id: `person ${title}`,
    title,
    placeholder: t('Name or e-mail'),
    ...(clear && { choices: (text) => narrow([{ id: 'nobody', label: t('Nobody'), run: clear }], text) }),
    lookUp: async (text) => {
      const { people } = await call(listPeople, {
        q: text,
        active: 'true',
        limit: 30,
        ...(staff && { audience: 'staff' as const }),
      })
      return people.map((person) => ({
        id: person.id,
        label: person.name,
        hint: [person.email, person.organisation.name].join(' · '),
        icon: <Initials name={person.name} quiet />,
        run: () => pick({ id: person.id, name: person.name, vip: person.vip, active: person.active }),
      }))
    },
  })
}
