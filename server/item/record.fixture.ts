import { sql } from 'kysely'
import { newId } from '#server/core/id.ts'
import type { testDesk } from '#test/desk.ts'
import { begin, type Fields } from './happen.ts'

type Desk = Awaited<ReturnType<typeof testDesk>>

/** A record as the tests of what every record has need one: there, with a number, reported by somebody. */
export async function record(
  { asSystem, home }: Desk,
  requester: { readonly id: string },
  fields: Partial<Fields<'incident'>> = {},
) {
  const id = newId()
  const number = await asSystem(async (ctx) => {
    const { rows } = await sql<{ number: string }>`select app.next_number('INC') as number`.execute(ctx.db)
    const held = await begin(
      ctx,
      'incident',
      {
        id,
        number: rows[0]?.number ?? '',
        fields: { ...plain, requesterId: requester.id, organisationId: home.id, ...fields },
      },
      { name: 'incident.opened', data: {} },
    )
    return held.number
  })
  return { id, itemId: id, number }
}

const plain: Omit<Fields<'incident'>, 'requesterId' | 'organisationId'> = {
  title: 'The printer on the third floor is silent',
  state: 'new',
  priority: 5,
  serviceId: null,
  teamId: null,
  assigneeId: null,
  confidential: false,
  tags: [],
  custom: {},
  description: '',
  impact: 3,
  urgency: 3,
  priorityReason: null,
  source: 'portal',
  contactId: null,
  callback: null,
  category: null,
  configurationItem: null,
  holdReason: null,
  major: false,
  parentId: null,
  reassignmentCount: 0,
  reopenCount: 0,
  openedById: null,
  resolutionCode: null,
  resolutionNotes: null,
  closeCategory: null,
  resolvedAt: null,
  resolvedById: null,
  closedAt: null,
}
