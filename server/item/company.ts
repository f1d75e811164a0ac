import { as, system, type Desk } from '#server/core/desk.ts'
import { onlookers, type Onlooker } from './presence.ts'

/** A page that is told who comes to the record it shows, who leaves it, and who begins to write. */
interface Watching {
  readonly actor: { readonly id: string | null }
  readonly page: string | null
  tellPresence(itemId: string): void
}

/** Who was where at the last look, by record. */
export type Company = ReadonlyMap<string, string>

/** Tells each of some pages that others came to its record or left it, and gives back who is where now. */
export async function tellCompany(desk: Desk, before: Company, pages: Iterable<Watching>): Promise<Company> {
  const all = await as(desk, system, onlookers, { access: 'read only' })
  const now: Company = new Map([...Map.groupBy(all, ({ itemId }) => itemId)].map(([id, at]) => [id, likenessOf(at)]))
  const shown = new Map(all.map(({ personId, page, itemId }) => [`${personId} ${page}`, itemId]))
  for (const page of pages) {
    const itemId = shown.get(`${page.actor.id} ${page.page}`)
    if (itemId !== undefined && now.get(itemId) !== before.get(itemId)) page.tellPresence(itemId)
  }
  return now
}

const likenessOf = (all: readonly Onlooker[]) => all.map(({ personId, doing }) => `${personId} ${doing}`).join()
