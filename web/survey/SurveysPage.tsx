import { Button, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { changeSurvey, fewestAnswers, listSurveys } from '#shared/survey.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { SurveyEditor } from '#web/survey/SurveyEditor.tsx'
import page from '#web/core/page.module.css'

type Told = Output<typeof listSurveys>[number]

export function SurveysPage() {
  const { data: surveys } = useSuspenseQuery(query(listSurveys, {}))
  const [open, setOpen] = useState<string>()
  const survey = surveys.find(({ id }) => id === open)
  return (
    <Page
      title="Surveys"
      about="What requesters are asked when their incident is done. They answer from the letter or in the portal, without signing in."
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          New survey
        </Button>
      }
    >
      {surveys.length === 0 ? (
        <Empty title="Nobody is asked yet">
          Begin with one question about what is solved, for all incidents that people reported, not more than once in
          two weeks.
        </Empty>
      ) : (
        <Surveys surveys={surveys} open={setOpen} />
      )}
      {(survey ?? open === 'new') && (
        <Panel title={survey?.name ?? 'New survey'} onClose={() => setOpen(undefined)}>
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
          <th scope="col">Name</th>
          <th scope="col">Answered in 90 days</th>
          <th scope="col">Satisfied</th>
          <th scope="col" className={page.end}>
            Asks
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
                aria-label={`${name} asks`}
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

const percent = (share: number) => `${Math.round(share * 100)} %`

function answeredOf({ asked, answered, rate, rateFrom, rateTo }: Told['outcome']) {
  const counts = `${answered} of ${asked}`
  if (rate === null || rateFrom === null || rateTo === null) return counts
  return `${counts}, ${percent(rate)} (${Math.round(rateFrom * 100)} to ${percent(rateTo)})`
}

function satisfiedOf({ satisfied, mean }: Told['outcome']) {
  if (satisfied === null || mean === null) return `Told from ${fewestAnswers} answers on`
  return `${percent(satisfied)}, ${mean.toFixed(1)} of 5`
}
