import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { IncidentState } from '#shared/incident.ts'
import { askProcess, type Process } from '#shared/report.ts'
import { query } from '#web/core/api.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { AskBar } from '#web/report/AskBar.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { Choices } from '#web/report/Choices.tsx'
import { Ground } from '#web/report/Ground.tsx'
import { Matrix } from '#web/report/Matrix.tsx'
import { PlacesCard } from '#web/report/PlacesCard.tsx'
import { Failed, Waiting } from '#web/report/States.tsx'
import { placeName } from '#web/report/groups.ts'
import { useAsked, type Along, type Asking } from '#web/report/state.ts'
import { WaysCard } from '#web/report/WaysCard.tsx'
import styles from './report.module.css'

/** Where nobody works on it any more, time is not spent. */
const over = new Set<string | null>(['resolved', 'closed', 'cancelled'] satisfies IncidentState[])

const alongs = [
  ['state', t('Through states')],
  ['team', t('Through teams')],
] as const

/** How incidents really went: the ways most of them took, where their time went, and what led to what. */
export function ProcessPage() {
  const asking = useAsked()
  const { along = 'state' }: { along?: Along } = useSearch({ strict: false })
  const navigate = useNavigate()
  const choose = (to: Along) =>
    void navigate({ to: '.', search: { ...asking.search, ...(to === 'team' && { along: to }) }, replace: true })
  return (
    <Page title={t('Figures')} beside={<Beside />}>
      <AskBar asking={asking} steps={false} />
      <Choices of={alongs} chosen={along} choose={choose} />
      <Answer asking={asking} along={along} />
    </Page>
  )
}

function Answer({ asking, along }: { asking: Asking; along: Along }) {
  const input = { ...asking.question, along }
  const { data, error, isPlaceholderData } = useQuery({
    ...query(askProcess, input),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (!data) return error ? <Failed error={error} /> : <Waiting />
  if (data.cases === 0)
    return (
      <Empty title={t('Nothing ended in this period')}>
        <span>{t('The ways are those of incidents that were resolved, closed or cancelled in it.')}</span>
      </Empty>
    )
  const names = new Map(data.places.map((place) => [place.key, placeName(place, along)]))
  return (
    <div className={styles.body} data-old={isPlaceholderData || undefined}>
      <p className={styles.sentence}>{sentenceOf(data, names)}</p>
      <WaysCard process={data} names={names} along={along} asking={asking} />
      <PlacesCard process={data} along={along} />
      <Matrix process={data} names={names} />
      <Ground answer={data} asking={asking} />
    </div>
  )
}

function sentenceOf({ cases, ways, variants, places }: Process, names: ReadonlyMap<string | null, string>) {
  const [way] = variants
  const place = places.find(({ key }) => !over.has(key))
  const share = Math.round((100 * (way?.count ?? 0)) / cases)
  return t(
    '{count, plural, one {# incident} other {# incidents}} ended and went {ways, plural, one {# way} other {# different ways}}. {share} % went {path}. Most time was spent in {place}.',
    {
      count: cases,
      ways,
      share,
      path: way?.path.map((key) => names.get(key)).join(', ') ?? '',
      place: names.get(place?.key ?? null) ?? '',
    },
  )
}
