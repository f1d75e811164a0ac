import { ActionIcon, Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Plus } from 'lucide-react'
import { useState } from 'react'
import { changeCustomField, listCustomFields, type CustomField } from '#shared/item/custom.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { ChangeField, NewField, typeWords } from '#web/admin/FieldForms.tsx'
import page from '#web/core/page.module.css'

const kind = 'incident'

export function FieldsPage() {
  const { data } = useSuspenseQuery(query(listCustomFields, { kind }))
  const [open, setOpen] = useState<string>()
  const fields = data.toSorted((one, other) => one.position - other.position)
  const field = fields.find(({ id }) => id === open)
  return (
    <Page
      title={t('Fields')}
      about={t(
        'What an incident should say beyond what every desk asks. Lists can show them, and filters can name them.',
      )}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {t('New field')}
        </Button>
      }
    >
      {fields.length === 0 ? (
        <Empty title={t('There are no fields of your own yet')}>
          {t('Add one when people keep writing the same thing into the description, such as a room or a cost centre.')}
        </Empty>
      ) : (
        <Fields fields={fields} open={setOpen} />
      )}
      {(field ?? open === 'new') && (
        <Panel title={field?.label ?? t('New field')} onClose={() => setOpen(undefined)}>
          {field ? (
            <ChangeField key={open} field={field} done={() => setOpen(undefined)} />
          ) : (
            <NewField done={() => setOpen(undefined)} />
          )}
        </Panel>
      )}
    </Page>
  )
}

function Fields({ fields, open }: { fields: readonly CustomField[]; open: (id: string) => void }) {
  const { mutateAsync, isPending } = useAction(changeCustomField)
  const swap = async (one: CustomField, other: CustomField) => {
    try {
      await mutateAsync({ id: one.id, position: other.position })
      await mutateAsync({ id: other.id, position: one.position })
    } catch (error) {
      sayWrong(error)
    }
  }
  const step = (at: number, by: 1 | -1) => {
    const [one, other] = [fields[at], fields[at + by]]
    if (one && other) void swap(one, other)
  }
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('Field')}</th>
          <th scope="col">{t('Holds')}</th>
          <th scope="col">{t('Needed')}</th>
          <th scope="col">{t('Requesters')}</th>
          <th scope="col" className={page.end}>
            {t('Order')}
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field, at) => (
          <tr key={field.id} data-off={field.retired || undefined}>
            <FieldCells field={field} open={() => open(field.id)} />
            <td className={page.end}>
              <ActionIcon
                aria-label={t('Move {label} up', { label: field.label })}
                disabled={at === 0 || isPending}
                onClick={() => step(at, -1)}
              >
                <ChevronUp size={16} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('Move {label} down', { label: field.label })}
                disabled={at === fields.length - 1 || isPending}
                onClick={() => step(at, 1)}
              >
                <ChevronDown size={16} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function FieldCells({ field, open }: { field: CustomField; open: () => void }) {
  const { name, label, type, required, shownToRequesters, retired } = field
  return (
    <>
      <td>
        <button type="button" className={page.open} onClick={open}>
          {label}
          <span className={page.sub}>custom.{name}</span>
        </button>
        {retired && <span className={page.tag}>{t('Retired')}</span>}
      </td>
      <td>{typeWords[type]}</td>
      <td data-label={t('Needed')}>{required ? t('Yes') : t('No')}</td>
      <td data-label={t('Requesters')}>{shownToRequesters ? t('See it') : t('Do not see it')}</td>
    </>
  )
}
