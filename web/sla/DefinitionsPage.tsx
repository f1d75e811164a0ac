import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listDefinitions, type Definition } from '#shared/sla.ts'
import { clockKindNames, clockTargetNames, type Terms } from '#shared/sla/terms.ts'
import { query } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import page from '#web/core/page.module.css'
import { DefinitionEditor } from '#web/sla/DefinitionEditor.tsx'
import { Recalculate } from '#web/sla/Recalculate.tsx'
import { withinWords } from '#web/sla/terms.ts'

/** What is promised, by when, and in which hours. */
export function DefinitionsPage() {
  const { data: definitions } = useSuspenseQuery(query(listDefinitions, {}))
  const [open, setOpen] = useState<string>()
  const [counting, setCounting] = useState(false)
  const definition = definitions.find(({ id }) => id === open)
  return (
    <Page
      title="Service levels"
      about="Each promise gives records a clock while its start condition holds. Other terms hold for clocks that begin later."
      actions={
        <>
          <Button variant="default" onClick={() => setCounting(true)}>
            Recalculate
          </Button>
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
            New promise
          </Button>
        </>
      }
    >
      {definitions.length === 0 ? (
        <Empty title="Nothing is promised yet">
          The first one most desks need: incidents of priority 1 are resolved within four hours, and what waits does not
          count.
        </Empty>
      ) : (
        <Definitions definitions={definitions} open={setOpen} />
      )}
      {(definition ?? open === 'new') && (
        <Panel title={definition?.name ?? 'New promise'} onClose={() => setOpen(undefined)}>
          <DefinitionEditor key={open} definition={definition} done={() => setOpen(undefined)} />
        </Panel>
      )}
      {counting && (
        <Panel title="Recalculate" onClose={() => setCounting(false)}>
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
          <th scope="col">Promise</th>
          <th scope="col">Within</th>
          <th scope="col">For</th>
          <th scope="col" className={page.end}>
            Open clocks
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
                {clockKindNames[type]}, {clockTargetNames[target].toLowerCase()}
                {retired && ', put away'}
              </span>
            </td>
            <td data-label="Within">{versions[0] && withinWords(versions[0].within)}</td>
            <td data-label="For">
              <Condition terms={versions[0]} />
            </td>
            <td data-label="Open clocks" className={page.end}>
              {count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Condition = ({ terms }: { terms: Terms | undefined }) =>
  terms === undefined || terms.start === '' ? 'every incident' : <span className="mono">{terms.start}</span>
