import { Button, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { changeSurvey, fewestAnswers, listSurveys } from '#shared/survey.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { locale, t } from '#web/core/words.ts'
import { SurveyEditor } from '#web/survey/SurveyEditor.tsx'
import page from '#web/core/page.module.css'

type Told = Output<typeof listSurveys>[number]

export function SurveysPage() {
  const { data: surveys } = useSuspenseQuery(query(listSurveys, {}))
  const [open, setOpen] = useState<string>()
  const survey = surveys.find(({ id }) => id === open)
  return (
    <Page
      title={t('Surveys')}
      about={t(
        'What requesters are asked when their incident is done. They answer from the letter or in the portal, without signing in.',
      )}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {t('New survey')}
        </Button>
      }
    >
      {surveys.length === 0 ? (
        <Empty title={t('Nobody is asked yet')}>
          {t(
            'Begin with one question about what is solved, for all incidents that people reported, not more than once in two weeks.',
          )}
        </Empty>
      ) : (
        <Surveys surveys={surveys} open={setOpen} />
      )}
      {(survey ?? open === 'new') && (
        <Panel title={survey?.name ?? t('New survey')} onClose={() => setOpen(undefined)}>
          <SurveyEditor key={open} survey={survey} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function Surveys({ surveys, open }: { surveys: readonly Told[]; open: (id: string) => void }) {
  const { mutateAsync } = useAction(changeSurvey)
  const turn = (id: string, active: boolean) => void mutateAsync({ id, active }).catch(sayWrong)
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Name')}</th>
          <th scope="col">{t('Answered in 90 days')}</th>
          <th scope="col">{t('Satisfied')}</th>
          <th scope="col" className={page.end}>
            {t('Asks')}
          </th>
        </tr>
      </thead>
      <tbody>
        {surveys.map(({ id, name, question, active, outcome }) => (
          <tr key={id} data-off={!active || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {name}
              </button>
              <div className={page.sub}>{question}</div>
            </td>
            <td>{answeredOf(outcome)}</td>
            <td>{satisfiedOf(outcome)}</td>
            <td className={page.end}>
              <Switch
                aria-label={t('{name} asks', { name })}
                checked={active}
                onChange={(event) => turn(id, event.currentTarget.checked)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const means = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const percent = (share: number) => `${Math.round(share * 100)} %`

function answeredOf({ asked, answered, rate, rateFrom, rateTo }: Told['outcome']) {
  if (rate === null || rateFrom === null || rateTo === null) return t('{answered} of {asked}', { answered, asked })
  return t('{answered} of {asked}, {rate} ({from} to {to})', {
    answered,
    asked,
    rate: percent(rate),
    from: Math.round(rateFrom * 100),
    to: percent(rateTo),
  })
}

function satisfiedOf({ satisfied, mean }: Told['outcome']) {
  if (satisfied === null || mean === null) return t('Told from {fewestAnswers} answers on', { fewestAnswers })
  return t('{satisfied}, {mean} of 5', { satisfied: percent(satisfied), mean: means.format(mean) })
}
