import { Checkbox, CloseButton, Switch } from '@mantine/core'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { addTask, changeTask, listTasks, removeTask } from '#shared/item/tasks.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { attempt } from '#web/item/attempt.ts'
import { Section } from '#web/item/Section.tsx'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

/** The steps of the work. A mandatory one that is open keeps the record from being resolved. */
export function Tasks({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const may = useMay()
  const { data: tasks = [] } = useQuery(query(listTasks, { itemId }))
  const done = tasks.filter(({ doneAt }) => doneAt !== null).length
  return (
    <Section
      title={t('Tasks')}
      count={tasks.length > 0 ? t('{done} of {of}', { done, of: tasks.length }) : undefined}
      keep={may('item.work')}
    >
      {tasks.map(({ id, title, mandatory, doneAt, dueAt, assignee }) => (
        <div key={id} className={styles.task}>
          <Checkbox
            size="xs"
            label={title}
            checked={doneAt !== null}
            disabled={!may('item.work')}
            onChange={({ currentTarget }) => void tick(client, { itemId, id, done: currentTarget.checked })}
          />
          <span className={styles.quiet}>
            {mandatory && t('must be done')} {assignee?.name}{' '}
            {dueAt !== null && doneAt === null && <Ago at={dueAt} long />}
          </span>
          {may('item.work') && (
            <CloseButton
              size="xs"
              aria-label={t('Remove the task {title}', { title })}
              onClick={() => void attempt(client, removeTask, { itemId, id }, t('Task removed'))}
            />
          )}
        </div>
      ))}
      {may('item.work') && <AddTask itemId={itemId} />}
    </Section>
  )
}

interface Ticked {
  readonly itemId: string
  readonly id: string
  readonly done: boolean
}

/** A tick shows at once; one that is refused goes away again. */
async function tick(client: QueryClient, { itemId, id, done }: Ticked) {
  const { queryKey } = query(listTasks, { itemId })
  const doneAt = done ? new Date().toISOString() : null
  void client.cancelQueries({ queryKey })
  client.setQueryData(queryKey, (tasks) => tasks?.map((task) => (task.id === id ? { ...task, doneAt } : task)))
  if (!(await attempt(client, changeTask, { itemId, id, done }))) await client.invalidateQueries({ queryKey })
}

function AddTask({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const [title, setTitle] = useState('')
  const [mandatory, setMandatory] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (title.trim() === '') return
    if (await attempt(client, addTask, { itemId, title, mandatory })) setTitle('')
  }
  return (
    <form className={styles.add} onSubmit={submit}>
      <input
        aria-label={t('New task')}
        placeholder={t('Add a task')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {title !== '' && (
        <Switch
          size="xs"
          label={t('Must be done')}
          checked={mandatory}
          onChange={(event) => setMandatory(event.currentTarget.checked)}
        />
      )}
    </form>
  )
}
