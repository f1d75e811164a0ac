import { addStartingRoles } from '#server/people/people.ts'
import { getBulk, startBulk, type Bulk } from '#shared/item/bulk.ts'
import { verbOf, type Endpoint, type Input } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { testDesk } from '#test/desk.ts'

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof testDesk>>['agent']>>

/** A desk whose people hold their roles in the database too, since what is done later is done by those. */
export async function bulkDesk() {
  const desk = await testDesk()
  const roles = await desk.asSystem((ctx) => addStartingRoles(ctx))
  const rita = await desk.requester('Rita')

  const employ = async (who: Person, role = 'analyst') => {
    const row = { personId: who.id, roleId: roles.get(role)! }
    await desk.asSystem(({ db }) => db.insertInto('personRole').values(row).execute())
    return who
  }
  return {
    ...desk,
    rita,
    employ,
    dismiss: ({ id }: Person) =>
      desk.asSystem(({ db }) => db.deleteFrom('personRole').where('personId', '=', id).execute()),
    async opened(count: number, about: Partial<Input<typeof openIncident>> = {}) {
      const ids: string[] = []
      for (let at = 0; at < count; at += 1)
        ids.push((await rita.call(openIncident, { title: `Printer ${at}`, ...about })).id)
      return ids
    },
    /** Starts a change of many, lets it be carried out, and says what it came to. */
    async done(who: Person, wanted: Input<typeof startBulk>): Promise<Bulk> {
      const { id } = await who.call(startBulk, wanted)
      await desk.settle()
      return who.call(getBulk, { id })
    },
  }
}

/** What a verb does to many, as it is asked for. */
export const many = <E extends Endpoint>(endpoint: E, input: Omit<Input<E>, 'id' | 'itemId'>) => ({
  verb: verbOf(endpoint),
  input: { ...input },
})
