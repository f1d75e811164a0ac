import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listDefinitions, type Definition } from '#shared/sla.ts'
import type { Terms } from '#shared/sla/terms.ts'
import { query } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import page from '#web/core/page.module.css'
import { t } from '#web/core/words.ts'
import { DefinitionEditor } from '#web/sla/DefinitionEditor.tsx'
import { Recalculate } from '#web/sla/Recalculate.tsx'
import { sortWords, withinWords } from '#web/sla/terms.ts'

/** What is promised, by when, and in which hours. */
export function DefinitionsPage() {
  const { data: definitions } = useSuspenseQuery(query(listDefinitions, {}))
  const [open, setOpen] = useState<string>()
  const [counting, setCounting] = useState(false)
  const definition = definitions.find(({ id }) => id === open)
  return (
    <Page
      title={t('Service levels')}
      about={t(
        'Each promise gives records a clock while its start condition holds. Other terms hold for clocks that begin later.',
      )}
      actions={
        <>
          <Button variant="default" onClick={() => setCounting(true)}>
            {t('Recalculate')}
          </Button>
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
            {t('New promise')}
          </Button>
        </>
      }
    >
      {definitions.length === 0 ? (
        <Empty title={t('Nothing is promised yet')}>
          {t(
            'The first one most desks need: incidents of priority 1 are resolved within four hours, and what waits does not count.',
          )}
        </Empty>
      ) : (
        <Definitions definitions={definitions} open={setOpen} />
      )}
      {(definition ?? open === 'new') && (
        <Panel title={definition?.name ?? t('New promise')} onClose={() => setOpen(undefined)}>
          <DefinitionEditor key={open} definition={definition} done={() => setOpen(undefined)} />
        </Panel>
      )}
      {counting && (
        <Panel title={t('Recalculate')} onClose={() => setCounting(false)}>
          <Recalculate definitions={definitions} />
        </Panel>
      )}
    </Page>
  )
}

function Definitions({ definitions, open }: { definitions: readonly Definition[]; open: (id: string) => void }) {
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Promise')}</th>
          <th scope="col">{t('Within')}</th>
          <th scope="col">{t('For')}</th>
          <th scope="col" className={page.end}>
            {t('Open clocks')}
          </th>
        </tr>
      </thead>
      <tbody>
        {definitions.map(({ id, name, type, target, retired, versions, open: count }) => (
          <tr key={id} data-off={retired || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {name}
              </button>
              <span className={page.sub}>
                {retired ? t('{sort}, put away', { sort: sortWords(type, target) }) : sortWords(type, target)}
              </span>
            </td>
            <td data-label={t('Within')}>{versions[0] && withinWords(versions[0].within)}</td>
            <td data-label={t('For')}>
              <Condition terms={versions[0]} />
            </td>
            <td data-label={t('Open clocks')} className={page.end}>
              {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Condition = ({ terms }: { terms: Terms | undefined }) =>
  terms === undefined || terms.start === '' ? t('every incident') : <span className="mono">{terms.start}</span>
