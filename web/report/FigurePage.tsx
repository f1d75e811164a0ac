import { useParams } from '@tanstack/react-router'
import { KpiName, type Figure } from '#shared/report.ts'
import { likeKpi } from '#shared/report/alike.ts'
import { kpiNamed, type KpiName as Kpi } from '#shared/report/kpis.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { AskBar } from '#web/report/AskBar.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { Card } from '#web/report/Card.tsx'
import { CourseCard } from '#web/report/CourseCard.tsx'
import { madeOf, number, write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { Ground } from '#web/report/Ground.tsx'
import { groupName } from '#web/report/groups.ts'
import { figureAt, recordsAt, tableAt } from '#web/report/hrefs.ts'
import { figureIn, useFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type Asking } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'
import { Terms } from '#web/report/Terms.tsx'
import { Tile } from '#web/report/Tile.tsx'
import styles from './report.module.css'

export const FigurePage = () => <OneFigure own={false} />
export const OwnFigurePage = () => <OneFigure own />

/** One figure: what it means, its number, its course, and its groups. */
function OneFigure({ own }: { own: boolean }) {
  const asking = useAsked()
  const { kpi: asked } = useParams({ strict: false })
  const kpi = KpiName.safeParse(asked).data
  if (kpi === undefined)
    return (
      <Page title={t('Figures')} beside={<Beside />}>
        <Empty title={t('There is no such figure')} />
      </Page>
    )
  const { question, every, by } = asking
  return (
    <Page
      title={t(kpiNamed(kpi).label)}
      beside={<Beside />}
      actions={
        !own && (
          <a data-plain="default" href={tableAt([kpi], { ...question, every, by })} download>
            CSV
          </a>
        )
      }
    >
      <AskBar asking={asking} groups={!own} />
      <h2 className={styles.title}>{t(kpiNamed(kpi).label)}</h2>
      <Answer kpi={kpi} asking={asking} own={own} />
      <Meaning kpi={kpi} asking={asking} own={own} />
    </Page>
  )
}

interface AnswerProps {
  readonly kpi: Kpi
  readonly asking: Asking
  readonly own: boolean
}

function Answer({ kpi, asking, own }: AnswerProps) {
  const { question, every, by } = asking
  const groups = by !== undefined && !own
  const input = { ...question, kpis: kpi, every, compare: true, ...(groups && { by }) }
  const { data, error, isPlaceholderData } = useFigures(input, own)
  const figure = data && figureIn(data, kpi)
  if (!data || !figure) return error ? <Failed error={error} /> : <Waiting />
  return (
    <div className={styles.body} data-old={isPlaceholderData || undefined}>
      <div className={styles.tiles}>
        <Tile figure={figure} answer={data} asking={asking} own={own} />
      </div>
      {figure.series.length > 0 && (
        <CourseCard figure={figure} answer={data} asking={asking} own={own} title={t('Course')} />
      )}
      {groups && <Groups figure={figure} asking={asking} />}
      <Ground answer={data} asking={asking} />
    </div>
  )
}

function Groups({ figure, asking: { by, search } }: { figure: Figure; asking: Asking }) {
  const { kpi, groups, moreGroups } = figure
  const { shape } = kpiNamed(kpi)
  const measured = shape === 'time' || shape === 'mean'
  return (
    <Card
      title={t('Groups')}
      foot={
        moreGroups > 0 &&
        t('{count, plural, one {# smaller group is not shown.} other {# smaller groups are not shown.}}', {
          count: moreGroups,
        })
      }
    >
      <Table
        label={t('Groups as a table')}
        columns={[
          { head: t('Group'), render: (group) => (by ? groupName(group, by) : group.label) },
          {
            head: measured ? t('Mean') : t('Value'),
            render: ({ key, total }) => (
              <GoLink href={recordsAt(kpi, search, { ...(by && { by }), key: key ?? '' })}>
                {write(kpi, total.value)}
              </GoLink>
            ),
          },
          measured && { head: t('Median'), render: ({ total }) => write(kpi, total.median) },
          measured && { head: t('90th percentile'), render: ({ total }) => write(kpi, total.p90) },
          { head: t('Made of'), render: ({ total }) => madeOf(kpi, total) || number(total.count) },
        ]}
        rows={groups}
        keyOf={({ key }) => key ?? ''}
      />
    </Card>
  )
}

function Meaning({ kpi, asking: { search }, own }: AnswerProps) {
  const { formula, counts, beware, source } = kpiNamed(kpi)
  const like = likeKpi(kpi).filter((name) => !own || !kpiNamed(name).notByPerson)
  const links = like.map((name) => (
    <li key={name}>
      <GoLink href={figureAt(name, search, own)}>{t(kpiNamed(name).label)}</GoLink>
    </li>
  ))
  return (
    <Card title={t('What it means')}>
      <Terms
        of={[
          [t('Formula'), t(formula)],
          [t('What counts'), t(counts)],
          [t('Beware'), t(beware)],
          [t('Read from'), source === 'history' ? t('The history of incidents') : t('Service level clocks')],
          ...(like.length > 0 ? [[t('Told otherwise'), <ul key="like">{links}</ul>] as const] : []),
        ]}
      />
    </Card>
  )
}
