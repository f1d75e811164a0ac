import { Select } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Output } from '#shared/core/endpoint.ts'
import { levelNames, priorityNames } from '#shared/incident.ts'
import { getPriorityMatrix, setPriorityMatrix } from '#shared/matrix.ts'
import { query, useAction } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { locale, t } from '#web/core/words.ts'
import { PriorityShape } from '#web/item/Priority.tsx'
import styles from './admin.module.css'

type Cells = Output<typeof getPriorityMatrix>

const levels = Object.entries(levelNames).map(([level, name]) => ({ level: Number(level), name: t(name) }))
const priorities = Object.entries(priorityNames).map(([value, name]) => ({ value, label: `P${value} ${t(name)}` }))

export function PrioritiesPage() {
  const { data: cells } = useSuspenseQuery(query(getPriorityMatrix, {}))
  const { mutateAsync } = useAction(setPriorityMatrix)
  const save = async (next: Cells) => {
    try {
      await mutateAsync({ cells: [...next] })
      say(t('Saved for what is reported from now on'), { undo: () => void save(cells) })
    } catch (error) {
      sayWrong(error)
    }
  }
  const set = (impact: number, urgency: number, priority: number) =>
    save(cells.map((cell) => (cell.impact === impact && cell.urgency === urgency ? { ...cell, priority } : cell)))
  return (
    <Page
      title={t('Priorities')}
      about={t('The priority of an incident follows from how many it hits and how badly. Open incidents keep theirs.')}
    >
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('Impact')}</span>
            </th>
            {levels.map(({ level, name }) => (
              <th key={level} scope="col">
                {t('{level} urgency', { level: name })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map(({ level: impact, name }) => (
            <tr key={impact}>
              <th scope="row">{t('{level} impact', { level: name })}</th>
              {levels.map(({ level: urgency, name: urgencyName }) => {
                const priority = cells.find((cell) => cell.impact === impact && cell.urgency === urgency)?.priority ?? 5
                return (
                  <td key={urgency}>
                    <Select
                      aria-label={t('{impact} impact, {urgency} urgency', {
                        impact: name,
                        urgency: urgencyName.toLocaleLowerCase(locale()),
                      })}
                      data={priorities}
                      allowDeselect={false}
                      leftSection={<PriorityShape priority={priority} />}
                      value={String(priority)}
                      onChange={(value) => value !== null && void set(impact, urgency, Number(value))}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Page>
  )
}
