import { useState, type ReactNode } from 'react'
import { Plain } from '#web/core/Plain.tsx'
import { t } from '#web/core/words.ts'
import { Card, type CardProps } from '#web/report/Card.tsx'

interface ChartCardProps extends Omit<CardProps, 'actions' | 'children'> {
  readonly chart: ReactNode
  readonly table: ReactNode
}

/** A chart, or the table that it is drawn from. */
export function ChartCard({ chart, table, ...card }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <Card
      {...card}
      actions={
        <Plain tone="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t('Table')}
        </Plain>
      }
    >
      {asTable ? table : chart}
    </Card>
  )
}
