import { as, system, type Desk } from '#server/core/desk.ts'
import { onlookers, type Onlooker } from './presence.ts'

/** A page that is told who comes to the record it shows, who leaves it, and who begins to write. */
interface Watching {
  readonly actor: { readonly id: string | null }
  readonly page: string | null
  tellPresence(itemId: string): void
}

/** Who was where at the last look, by record. */
export type Company = ReadonlyMap<string, readonly Onlooker[]>

/** Tells each of some pages that others came to its record or left it, and gives back who is where now. */
export async function tellCompany(desk: Desk, before: Company, pages: Iterable<Watching>): Promise<Company> {
  const all = await as(desk, system, onlookers, { access: 'read only' })
  const now: Company = Map.groupBy(all, ({ itemId }) => itemId)
  const shown = new Map(all.map(({ personId, page, itemId }) => [`${personId} ${page}`, itemId]))
  for (const { actor, page, ...told } of pages) {
    const itemId = shown.get(`${actor.id} ${page}`)
    if (itemId === undefined) continue
    const others = (company: Company) => likenessOf(company.get(itemId) ?? [], actor.id)
    if (others(now) !== others(before)) told.tellPresence(itemId)
  }
  return now
}

const likenessOf = (all: readonly Onlooker[], but: string | null) =>
  all
    .filter(({ personId }) => personId !== but)
    .map(({ personId, doing }) => `${personId} ${doing}`)
    .join()
