import type { Ctx } from '#server/core/desk.ts'

/** A row of settings, by its columns. */
type Columns = Readonly<Record<string, unknown>> | null

/** Who changed which setting, newest first. */
export const trail = ({ db }: Ctx) =>
  db
    .selectFrom('audit')
    .leftJoin('person', 'person.id', 'audit.byId')
    .select(['audit.id', 'audit.table', 'audit.rowId as row', 'audit.act', 'audit.at', 'person.name as by'])
    .select((eb) => [
      eb.ref('audit.before').$castTo<Columns>().as('before'),
      eb.ref('audit.after').$castTo<Columns>().as('after'),
    ])
    .orderBy('audit.id', 'desc')

/** A change of a setting as the trail keeps it. */
export type Change = Awaited<ReturnType<ReturnType<typeof trail>['execute']>>[number]
