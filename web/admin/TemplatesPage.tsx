import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { changeTemplate, listTemplates } from '#shared/template.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { TemplateForm } from '#web/admin/TemplateForm.tsx'
import { isUse, uses, type Template, type Use } from '#web/admin/templates.ts'
import styles from './admin.module.css'
import page from '#web/core/page.module.css'

export function TemplatesPage() {
  const { data: all } = useSuspenseQuery(query(listTemplates, {}))
  const [use, setUse] = useState<Use>('reply')
  const [open, setOpen] = useState<string>()
  const templates = all.filter((template) => template.use === use)
  const template = all.find(({ id }) => id === open)
  const { about, fresh, none, teach } = uses[use]
  return (
    <Page
      title={t('Templates and replies')}
      about={about}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {fresh}
        </Button>
      }
    >
      <div className={styles.scroll}>
        <SegmentedControl
          aria-label={t('What to see')}
          data={Object.entries(uses).map(([value, { title: label }]) => ({ value, label }))}
          value={use}
          onChange={(value) => isUse(value) && setUse(value)}
        />
      </div>
      {templates.length === 0 ? (
        <Empty title={none}>{teach}</Empty>
      ) : (
        <Templates templates={templates} open={setOpen} />
      )}
      {(template ?? open === 'new') && (
        <Panel title={template?.name ?? fresh} onClose={() => setOpen(undefined)}>
          <TemplateForm key={open} use={template?.use ?? use} template={template} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function Templates({ templates, open }: { templates: readonly Template[]; open: (id: string) => void }) {
  const { mutateAsync } = useAction(changeTemplate)
  const turn = (id: string, active: boolean) => void mutateAsync({ id, active }).catch(sayWrong)
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Name')}</th>
          <th scope="col">{t('What it holds')}</th>
          <th scope="col" className={page.end}>
            {t('Offered')}
          </th>
        </tr>
      </thead>
      <tbody>
        {templates.map(({ id, name, body, fill, filter, active }) => (
          <tr key={id} data-off={!active || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {name}
              </button>
            </td>
            <td>{cut([filter, Object.keys(fill).join(', '), body].filter(Boolean).join(' · '))}</td>
            <td className={page.end}>
              <Switch
                aria-label={t('{name} is offered', { name })}
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

const cut = (text: string) => (text.length > 110 ? `${text.slice(0, 109)}…` : text)
