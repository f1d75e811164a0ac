import type { Ctx } from '#server/core/desk.ts'
import type { CustomField } from '#shared/item/custom.ts'

/** The fields that an administrator added to a kind, or to every kind; those put away are still read and filtered. */
export function customFields({ db }: Ctx, kind: string | undefined): Promise<CustomField[]> {
  return db
    .selectFrom('customField')
    .select(['id', 'kind', 'name', 'label', 'type', 'options', 'required', 'shownToRequesters', 'position', 'retired'])
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .orderBy('position')
    .orderBy('name')
    .execute()
}
