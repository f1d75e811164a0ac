import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Endpoint } from '#shared/core/endpoint.ts'
import { cancelBulk, undoBulk, type Bulk } from '#shared/item/bulk.ts'
import { call, readAgain } from '#web/core/api.ts'
import { useCommands } from '#web/core/keys.ts'
import { useMay } from '#web/core/me.ts'
import { whole } from '#web/core/numbers.ts'
import { Plain } from '#web/core/Plain.tsx'
import { readStored, store } from '#web/core/prefs.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { addBulk, bulks, isGoing } from '#web/item/underway.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

/** What the desk is at for this person, on whichever page they are: how far it is, and a way to stop it. */
export function Underway() {
  const client = useQueryClient()
  const may = useMay()
  const { data: all = none } = useQuery({
    ...bulks,
    enabled: may('item.work'),
    refetchInterval: ({ state }) => (state.data?.some(isGoing) === true ? 500 : false),
  })
  useEnds(client, all)
  useCommands(
    all.filter(canUndo).map((bulk) => ({
      id: `undo.${bulk.id}`,
      label: t('Undo: {label}, {count, plural, one {# record} other {# records}}', {
        label: bulk.label,
        count: bulk.changed,
      }),
      section: t('Records'),
      when: () => canUndo(bulk),
      run: () => void act(client, undoBulk, bulk),
    })),
  )
  return all.filter(isGoing).map((bulk) => <Going key={bulk.id} bulk={bulk} />)
}

const none: readonly Bulk[] = []

const canUndo = ({ undoUntil }: Bulk) => undoUntil !== null && Date.parse(undoUntil) > Date.now()

async function act(
  client: QueryClient,
  endpoint: Endpoint<typeof undoBulk.input, typeof undoBulk.output>,
  { id }: Bulk,
) {
  try {
    addBulk(client, await call(endpoint, { id }))
  } catch (error) {
    sayWrong(error)
  }
}

function Going({ bulk }: { bulk: Bulk }) {
  const client = useQueryClient()
  const { label, state, total, waiting, changed, undone, kept } = bulk
  const back = state === 'undoing'
  const [done, of] = back ? [undone + kept, changed + undone + kept] : [total - waiting, total]
  return (
    <section className={styles.going} aria-label={t('Under way')}>
      <span>
        {back ? t('Taking back: {label}', { label }) : label}
        <small>{t('{done} of {of}', { done, of })}</small>
        <progress aria-label={label} value={done} max={of} />
      </span>
      {!back && (
        <Plain tone="link" onClick={() => void act(client, cancelBulk, bulk)}>
          {t('Cancel')}
        </Plain>
      )}
    </section>
  )
}

/** Says once how each ended that was seen to go on, also where that was before the page was loaded anew. */
function useEnds(client: QueryClient, all: readonly Bulk[]) {
  useEffect(() => {
    const seen = seenGoing()
    const ended = all.filter((bulk) => !isGoing(bulk) && seen.includes(bulk.id))
    const going = all.filter(isGoing).map(({ id }) => id)
    if (all !== none) see(going)
    for (const bulk of ended) tell(client, bulk)
    if (ended.length > 0) void readAgain(client)
  }, [client, all])
}

const place = 'steward.bulks'
let known: readonly string[] | undefined

const seenGoing = () => (known ??= (readStored(place) ?? '').split(',').filter(Boolean))

function see(going: readonly string[]) {
  known = going
  store(place, going.length > 0 ? going.join(',') : null)
}

/** Which were left when the rest was taken back is for the person to look at; the refused they were told of before. */
const whichOf = ({ state }: Bulk, { numbers }: Bulk['reasons'][number]) =>
  state === 'undone' ? `: ${numbers.join(', ')}` : ''

function tell(client: QueryClient, bulk: Bulk) {
  const { label, state, total, changed, same, refused, undone, kept, waiting, reasons } = bulk
  const more = reasons.map((one) => `${whole(one.count)} × ${one.reason}${whichOf(bulk, one)}`).join(' · ')
  if (state === 'undone') {
    const some = t('Undone: {label}: {undone}, {kept} left as they are', { label, undone, kept })
    return say(kept > 0 ? some : t('Undone: {what}', { what: label }), { more: more || undefined })
  }
  const parts = [
    t('{count} changed', { count: changed }),
    same > 0 && t('{count} were so already', { count: same }),
    refused > 0 && t('{count} refused', { count: refused }),
    state === 'cancelled' && t('{waiting} of {total} left', { waiting, total }),
  ].filter((part) => part !== false)
  const undo = canUndo(bulk) ? () => void act(client, undoBulk, bulk) : undefined
  return say(`${label}: ${parts.join(', ')}`, { undo, more: more || undefined })
}
