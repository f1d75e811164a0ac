import { ActionIcon, Button, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { addTemplate, changeTemplate, removeTemplate } from '#shared/template.ts'
import { useAction } from '#web/core/api.ts'
import { randomKey } from '#web/core/key.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { locale, t } from '#web/core/words.ts'
import { useCustomFields } from '#web/item/dictionary.ts'
import { FilterField } from '#web/item/FilterField.tsx'
import { FillValue } from '#web/admin/FillValue.tsx'
import type { Template, Use } from '#web/admin/templates.ts'
import { fillable, type Filled } from '#web/admin/fill.ts'
import styles from './admin.module.css'

interface TemplateValues {
  readonly name: string
  readonly body: string
  readonly filter: string
  readonly fills: readonly Filled[]
}

const startOf = ({ name, body, filter, fill }: Template): TemplateValues => ({
  name,
  body,
  filter,
  fills: Object.entries(fill).map(([field, value]) => ({ key: randomKey(), field, value })),
})

const nothing: TemplateValues = { name: '', body: '', filter: '', fills: [] }

interface TemplateFormProps {
  readonly use: Use
  readonly template: Template | undefined
  readonly done: () => void
}

export function TemplateForm({ use, template, done }: TemplateFormProps) {
  const form = useForm({
    start: template ? startOf(template) : nothing,
    endpoint: template ? changeTemplate : addTemplate,
    input: ({ fills, ...rest }) => ({
      ...(template && { id: template.id }),
      ...rest,
      use,
      kind: 'incident',
      fill: Object.fromEntries(fills.map(({ field, value }) => [field, value])),
    }),
    done: ({ name }) => {
      say(t('Saved “{name}”', { name }))
      done()
    },
  })
  return (
    <form {...form.bind} aria-label={template ? t('Change {name}', { name: template.name }) : t('New')}>
      <Stack gap="sm">
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
        <Content use={use} form={form} />
        <FormEnd form={form} label={t('Save')} onCancel={done}>
          {template && <Remove template={template} done={done} />}
        </FormEnd>
      </Stack>
    </form>
  )
}

interface ContentProps {
  readonly use: Use
  readonly form: Pick<
    ReturnType<typeof useForm<TemplateValues, typeof addTemplate>>,
    'values' | 'set' | 'errors' | 'text'
  >
}

/** What stands for something else in a reply. */
const places = ['requester', 'requester.first', 'number', 'title', 'me', 'team', 'service'].map((name) => `{{${name}}}`)

/** What the four differ in: text, a condition, fields. */
function Content({ use, form }: ContentProps) {
  const { values, set, errors } = form
  const hasText = use === 'reply' || use === 'handling'
  return (
    <>
      {use === 'handling' && (
        <FilterField
          label={t('For incidents that match')}
          kind="incident"
          value={values.filter}
          error={errors['filter']}
          empty={t('Every incident')}
          onChange={(filter) => set({ filter })}
        />
      )}
      {hasText && (
        <Textarea
          label={use === 'reply' ? t('Text') : t('What to know')}
          {...(use === 'reply' && {
            description: t('{places} are filled in', { places: new Intl.ListFormat(locale()).format(places) }),
          })}
          autosize
          minRows={6}
          maxRows={20}
          {...form.text('body')}
        />
      )}
      {!hasText && <Fills use={use} fills={values.fills} set={(fills) => set({ fills })} errors={errors} />}
    </>
  )
}

interface FillsProps {
  readonly use: Use
  readonly fills: readonly Filled[]
  readonly set: (fills: readonly Filled[]) => void
  readonly errors: Readonly<Record<string, string>>
}

/** Which fields are filled in, and with what. */
function Fills({ use, fills, set, errors }: FillsProps) {
  const fields = fillable(use, useCustomFields('incident'))
  const free = fields.filter(({ name }) => !fills.some(({ field }) => field === name))
  const change = (filled: Filled) => set(fills.map((one) => (one.key === filled.key ? filled : one)))
  const add = () => free[0] && set([...fills, { key: randomKey(), field: free[0].name, value: free[0].start }])
  return (
    <Stack gap="xs">
      {fills.map((filled) => (
        <div key={filled.key} className={styles.fill}>
          <div>
            <Select
              aria-label={t('Field')}
              allowDeselect={false}
              data={fields
                .filter((one) => one.name === filled.field || free.includes(one))
                .map(({ name, label }) => ({ value: name, label }))}
              value={filled.field}
              onChange={(name) => {
                const field = fields.find((one) => one.name === name)
                if (field) change({ key: filled.key, field: field.name, value: field.start })
              }}
            />
          </div>
          <div className={styles.value}>
            <FillValue
              field={fields.find(({ name }) => name === filled.field)}
              value={filled.value}
              error={errors[`fill.${filled.field}`] ?? errors[filled.field]}
              set={(value) => change({ ...filled, value })}
            />
          </div>
          <ActionIcon aria-label={t('Leave this field out')} onClick={() => set(fills.filter((one) => one !== filled))}>
            <X size={16} />
          </ActionIcon>
        </div>
      ))}
      {errors['fill'] !== undefined && (
        <p className={styles.wrong} role="alert">
          {errors['fill']}
        </p>
      )}
      <div>
        <Button variant="subtle" leftSection={<Plus size={16} />} disabled={free.length === 0} onClick={add}>
          {t('Fill in a field')}
        </Button>
      </div>
    </Stack>
  )
}

function Remove({ template, done }: { template: Template; done: () => void }) {
  const removing = useAction(removeTemplate)
  const adding = useAction(addTemplate)
  const { id, active: _active, ...rest } = template
  const undo = () => void adding.mutateAsync(rest).catch(sayWrong)
  const remove = async () => {
    try {
      await removing.mutateAsync({ id })
      say(t('Removed “{name}”', { name: template.name }), { undo })
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Button variant="default" loading={removing.isPending} onClick={() => void remove()}>
      {t('Remove')}
    </Button>
  )
}
