import { useQuery } from '@tanstack/react-query'
import { countRecords } from '#shared/records.ts'
import { listViews } from '#shared/item/views.ts'
import { query } from '#web/core/api.ts'
import { counted } from '#web/core/numbers.ts'
import { Circle, Clock, Inbox, UserRoundX, Users, CircleCheck, type LucideIcon } from 'lucide-react'
import type { BuiltInView } from '#web/item/views.ts'
import type { ListPlace } from '#web/item/place.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

const icons: Readonly<Record<string, LucideIcon>> = {
  mine: Inbox,
  team: Users,
  open: Circle,
  unassigned: UserRoundX,
  waiting: Clock,
  resolved: CircleCheck,
}

/** The views that every desk has, and the saved view that the list came from. */
export function ViewTabs({ place }: { place: ListPlace }) {
  const { data: views = [] } = useQuery(query(listViews, { kind: place.kind.name }))
  const saved = views.find(({ id }) => id === place.view)
  return (
    <div className={styles.tabs} role="toolbar" aria-label={t('Views')}>
      {saved && <Tab view={saved} place={place} />}
      {place.kind.views.map((view) => (
        <Tab key={view.id} view={view} place={place} />
      ))}
    </div>
  )
}

function Tab({ view: { id, name, filter, sort }, place }: { view: BuiltInView; place: ListPlace }) {
  const Icon = icons[id]
  const current = place.view === id
  const changed = current && (place.filter !== filter || place.sort !== sort)
  return (
    <button
      ref={current ? bringIntoView : null}
      type="button"
      className={styles.tab}
      aria-pressed={current}
      title={changed ? t('{name}, changed', { name }) : filter}
      onClick={() => place.go({ view: id, f: filter, sort, cols: '' })}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      {name}
      {changed && <i className={styles.dirty}>{t('changed')}</i>}
      <Count kind={place.kind.name} filter={filter} />
    </button>
  )
}

/** On a narrow screen the tabs scroll; the current one is always seen. */
function bringIntoView(tab: HTMLButtonElement | null) {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** How many there are, as exactly as it is known. */
function Count({ kind, filter }: { kind: string; filter: string }) {
  const { data } = useQuery({
    ...query(countRecords, { kind, filter }),
    refetchInterval: 30_000,
  })
  return data && <span className={styles.count}>{counted(data)}</span>
}
