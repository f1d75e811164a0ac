import type { Ctx } from '#server/core/desk.ts'
import { remembered } from '#server/core/set-up.ts'
import type { CustomField } from '#shared/item/custom.ts'

const all = remembered(({ db }): Promise<CustomField[]> =>
  db
    .selectFrom('customField')
    .select(['id', 'kind', 'name', 'label', 'type', 'options', 'required', 'shownToRequesters', 'position', 'retired'])
    .orderBy('position')
    .orderBy('name')
    .execute(),
)

/** The fields that an administrator added to a kind, or to every kind; those put away are still read and filtered. */
export async function customFields(ctx: Ctx, kind: string | undefined): Promise<CustomField[]> {
  const fields = await all(ctx)
  return kind === undefined ? [...fields] : fields.filter((field) => field.kind === kind)
}
