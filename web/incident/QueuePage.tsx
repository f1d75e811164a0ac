import { incidentKind } from '#web/incident/kind.tsx'
import { ListPage } from '#web/item/ListPage.tsx'

export const QueuePage = () => <ListPage kind={incidentKind} />
