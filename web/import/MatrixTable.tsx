import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Mapping } from '#shared/import/mapping.ts'
import { levelNames, priorityNames } from '#shared/incident.ts'
import { getPriorityMatrix } from '#shared/matrix.ts'
import { query } from '#web/core/api.ts'
import styles from './matrix.module.css'

export interface Adopting {
  readonly adoptMatrix: boolean
  readonly setAdopt: (adopt: boolean) => void
}

const levels = [1, 2, 3] as const

/** The priorities that the file gives, and where the desk would give others. */
export function MatrixTable({ mapping: { matrix }, adopting }: { mapping: Mapping; adopting: Adopting }) {
  const { data: desk = [] } = useQuery(query(getPriorityMatrix, {}))
  const differs = matrix.some(
    ({ impact, urgency, priority }) => (cellOf(desk, impact, urgency) ?? priority) !== priority,
  )
  return (
    <>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">Impact</th>
            {levels.map((urgency) => (
              <th key={urgency} scope="col">
                Urgency {levelNames[urgency].toLowerCase()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map((impact) => (
            <tr key={impact}>
              <th scope="row">{levelNames[impact]}</th>
              {levels.map((urgency) => (
                <td key={urgency}>
                  <Cell file={cellOf(matrix, impact, urgency)} desk={cellOf(desk, impact, urgency)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {differs && (
        <Checkbox
          label="Use these priorities at this desk from now on"
          description="Records that come in keep the priority they had, either way."
          checked={adopting.adoptMatrix}
          onChange={(event) => adopting.setAdopt(event.currentTarget.checked)}
        />
      )}
    </>
  )
}

const cellOf = (cells: Mapping['matrix'], impact: number, urgency: number) =>
  cells.find((cell) => cell.impact === impact && cell.urgency === urgency)?.priority

const nameOf = (priority: number) =>
  `${priority} ${Object.entries(priorityNames).find(([known]) => known === String(priority))?.[1] ?? ''}`

function Cell({ file, desk }: { file: number | undefined; desk: number | undefined }) {
  if (file === undefined) return <span className={styles.absent}>not in the file</span>
  if (desk === undefined || desk === file) return nameOf(file)
  return (
    <>
      <strong>{nameOf(file)}</strong>, here {nameOf(desk)}
    </>
  )
}
