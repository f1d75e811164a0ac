import { useQuery } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { Bookmark, CirclePlus, LayoutList, Search } from 'lucide-react'
import { lazy, type MouseEvent, type ReactNode } from 'react'
import { listViews } from '#shared/item/views.ts'
import { query } from '#web/core/api.ts'
import { AccountButton } from '#web/core/AccountButton.tsx'
import { commandsNow } from '#web/core/keys.ts'
import { Keys } from '#web/core/Keys.tsx'
import { useMe } from '#web/core/me.ts'
import { OnDemand } from '#web/core/OnDemand.tsx'
import { usePlaces } from '#web/core/places.ts'
import { openSearch } from '#web/core/search.tsx'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

const AccountMenu = lazy(async () => ({ default: (await import('#web/core/AccountMenu.tsx')).AccountMenu }))

/** The rail: what desk this is, where one can go, and the views that were worth a name. */
export function Rail() {
  const me = useMe()
  const router = useRouter()
  const places = usePlaces()
  return (
    <nav className={styles.rail} aria-label={t('Desk')} data-region tabIndex={-1}>
      <RailLink href="/q" className={styles.desk} label={me.desk.name}>
        <span className={styles.mark} aria-hidden="true">
          {me.desk.name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.word}>{me.desk.name}</span>
      </RailLink>
      <button type="button" className={styles.search} onClick={openSearch(router)}>
        <Search size={16} aria-hidden="true" />
        <span className={styles.word}>{t('Search or jump')}</span>
        <Keys keys="mod+k" />
      </button>
      <ul className={styles.places}>
        {places.map(({ id, label, href, icon: Icon }) => (
          <li key={id}>
            <RailLink href={href} className={styles.place} label={label}>
              <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
              <span className={styles.word}>{label}</span>
            </RailLink>
          </li>
        ))}
      </ul>
      <SavedViews />
      <div className={styles.who}>
        <OnDemand target={account}>
          <AccountMenu />
        </OnDemand>
      </div>
      <BottomBar />
    </nav>
  )
}

function SavedViews() {
  const { data: views } = useQuery(query(listViews, { kind: 'incident' }))
  if (!views || views.length === 0) return null
  return (
    <section className={styles.views} aria-label={t('Saved views')}>
      <h2>{t('Saved views')}</h2>
      <ul className={styles.places}>
        {views.map(({ id, name, filter, sort }) => (
          <li key={id}>
            <RailLink href={viewAt(id, filter, sort)} className={styles.place} label={name}>
              <Bookmark size={16} strokeWidth={1.75} aria-hidden="true" />
              <span className={styles.word}>{name}</span>
            </RailLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

const viewAt = (view: string, f: string, sort: string) => `/q?${new URLSearchParams({ view, f, sort }).toString()}`

/** On a phone the rail is a bar at the bottom. */
function BottomBar() {
  const router = useRouter()
  return (
    <div className={styles.bar}>
      <RailLink href="/q" className={styles.barItem} label={t('Queue')}>
        <LayoutList size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('Queue')}</span>
      </RailLink>
      <button type="button" className={styles.barItem} onClick={create}>
        <CirclePlus size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('New')}</span>
      </button>
      <button type="button" className={styles.barItem} onClick={openSearch(router)}>
        <Search size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('Search')}</span>
      </button>
      <OnDemand target={more}>
        <AccountMenu bar />
      </OnDemand>
    </div>
  )
}

const account = (open: () => void) => <AccountButton bar={false} onClick={open} />
const more = (open: () => void) => <AccountButton bar onClick={open} />

const create = () =>
  commandsNow()
    .find(({ id }) => id === 'new')
    ?.run()

interface RailLinkProps {
  href: string
  label: string
  className: string | undefined
  children: ReactNode
}

/** A link to a place that another module may own. */
export function RailLink({ href, label, className, children }: RailLinkProps) {
  const router = useRouter()
  const { pathname, search } = useLocation()
  const view = new URLSearchParams(href.split('?')[1] ?? '').get('view')
  const shown = 'view' in search ? search.view : undefined
  const here = pathname.split('/')[1] === href.split(/[/?]/)[1] && (view === null ? !isSaved(shown) : view === shown)
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void router.navigate({ href })
  }
  return (
    <a href={href} className={className} title={label} aria-current={here ? 'page' : undefined} onClick={go}>
      {children}
    </a>
  )
}

/** Saved views are known by an id, the desk's own by a word. */
const isSaved = (view: unknown) => typeof view === 'string' && view.length === 36
