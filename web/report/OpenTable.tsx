import { t } from '#web/core/words.ts'
import { BarCell } from '#web/report/BarCell.tsx'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { WholeTable } from '#web/report/Table.tsx'

interface Share {
  readonly label: string
  readonly count: number
  readonly href: string
  readonly tone?: 'warn' | undefined
}

interface OpenTableProps {
  readonly head: string
  readonly rows: readonly Share[]
}

/** What is open, divided among those who have it or by how old it is; each part opens its records. */
export function OpenTable({ head, rows }: OpenTableProps) {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <WholeTable
      columns={[
        { head, render: ({ label }) => label },
        {
          head: t('Open'),
          render: ({ count, href, tone }) => (
            <BarCell share={count / most} tone={tone}>
              <GoLink href={href}>{number(count)}</GoLink>
            </BarCell>
          ),
        },
      ]}
      rows={rows}
      keyOf={({ href }) => href}
    />
  )
}
