import { Outlet, useRouter } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useKeyboard, useCommands } from '#web/core/keys.ts'
import { beside, layer, openLayer } from '#web/core/layer.ts'
import { useLive } from '#web/core/live.ts'
import { useMe } from '#web/core/me.ts'
import { palette } from '#web/core/palette.ts'
import { usePref } from '#web/core/prefs.ts'
import { Rail } from '#web/core/Rail.tsx'
import { cycleRegions } from '#web/core/regions.ts'
import { openSearch } from '#web/core/search.tsx'
import { usePlaces } from '#web/core/places.ts'
import { useSignal } from '#web/core/signal.ts'
import { Zone } from '#web/core/time.tsx'
import { undoLast } from '#web/core/toast.ts'
import { Toasts } from '#web/core/Toasts.tsx'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

const Palette = lazy(async () => ({ default: (await import('#web/core/Palette.tsx')).Palette }))
const Help = lazy(async () => ({ default: (await import('#web/core/Help.tsx')).Help }))

/** What stands around every page of the staff: the rail, the palette, dialogs, keys and what is said in passing. */
export function Shell() {
  const me = useMe()
  const [rail, setRail] = usePref('rail')
  const meanwhile = useSignal(beside)
  useKeyboard(useMoving())
  useLive()
  useShellCommands(() => setRail(rail === 'narrow' ? 'wide' : 'narrow'))
  useEffect(() => {
    document.title = me.desk.name
  }, [me.desk.name])

  return (
    <Zone value={me.zone}>
      <div className={styles.shell} data-rail={rail}>
        <a className={styles.skip} href="#main">
          {t('Skip to the page')}
        </a>
        <Rail />
        <div className={styles.frame}>
          {me.desk.readOnly !== null && (
            <div className={styles.readOnly} {...alert}>
              <Lock size={16} aria-hidden="true" />
              <span>{t('The desk is read-only for now: {why}', { why: me.desk.readOnly })}</span>
            </div>
          )}
          <main id="main" className={styles.page} tabIndex={-1} data-region>
            <Outlet />
          </main>
        </div>
        <Above />
        <Toasts>
          <Suspense>{meanwhile}</Suspense>
        </Toasts>
      </div>
    </Zone>
  )
}

const longestWait = 5_000

/** Tells whether the address is another than that of the page which is drawn; not for ever, if that page never comes. */
function useMoving() {
  const router = useRouter()
  const since = useRef<number>(null)
  return () => {
    const moving = router.state.resolvedLocation?.href !== router.latestLocation.href
    since.current = moving ? (since.current ?? performance.now()) : null
    return since.current !== null && performance.now() - since.current < longestWait
  }
}

const alert = { role: 'alert' } as const

/** What is above the page. Both are loaded when first needed. */
function Above() {
  const content = useSignal(layer)
  const page = useSignal(palette)
  return (
    <>
      <Suspense>{content}</Suspense>
      <Suspense>{page !== null && <Palette />}</Suspense>
    </>
  )
}

function useShellCommands(toggleRail: () => void) {
  const router = useRouter()
  const places = usePlaces()
  const go = (href: string) => () => void router.navigate({ href })
  useCommands([
    {
      id: 'palette',
      label: t('Search or jump'),
      section: t('Anywhere'),
      keys: 'mod+k',
      typing: true,
      run: openSearch(router),
    },
    { id: 'search', label: t('Search records'), section: t('Anywhere'), keys: '/', run: openSearch(router) },
    { id: 'help', label: t('Show all keys'), section: t('Anywhere'), keys: '?', run: () => openLayer(<Help />) },
    { id: 'undo', label: t('Undo'), section: t('Anywhere'), keys: 'z | mod+z', run: undoLast },
    {
      id: 'rail',
      label: t('Fold or unfold the rail'),
      section: t('Anywhere'),
      keys: 'mod+\\',
      typing: true,
      run: toggleRail,
    },
    {
      id: 'region',
      label: t('Next region'),
      section: t('Anywhere'),
      keys: 'f6',
      typing: true,
      unlisted: true,
      run: () => cycleRegions(1),
    },
    {
      id: 'region-back',
      label: t('Region before'),
      section: t('Anywhere'),
      keys: 'shift+f6',
      typing: true,
      unlisted: true,
      run: () => cycleRegions(-1),
    },
    ...places.map(({ id, label, href, keys }) => ({
      id: `go.${id}`,
      label: t('Go to {label}', { label }),
      section: t('Go to'),
      ...(keys !== undefined && { keys }),
      run: go(href),
    })),
  ])
}
