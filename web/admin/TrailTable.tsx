import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { undoChange } from '#shared/desk.ts'
import { useAction } from '#web/core/api.ts'
import { Plain } from '#web/core/Plain.tsx'
import { When } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import page from '#web/core/page.module.css'
import styles from './admin.module.css'
import { differencesOf, nameOf, tables, type Change } from './trail.ts'

const deeds: Readonly<Record<Change['act'], (what: string) => string>> = {
  insert: (what) => t('{what} added', { what }),
  update: (what) => t('{what} changed', { what }),
  delete: (what) => t('{what} removed', { what }),
}

const deedOf = ({ table, act }: Change) => deeds[act](tables[table] ?? table)

/** Changes of settings, each with what was before and after, and the way back. */
export function TrailTable({ changes }: { changes: readonly Change[] }) {
  const { mutate, isPending } = useAction(undoChange)
  const undo = (id: number, said: string) =>
    mutate(
      { id },
      { onSuccess: ({ by }) => say(said, { undo: () => undo(by, t('As it was before')) }), onError: sayWrong },
    )
  return (
    <table className={`${page.table} ${styles.trail}`}>
      <thead>
        <tr>
          <th scope="col">{t('When')}</th>
          <th scope="col">{t('Who')}</th>
          <th scope="col">{t('What')}</th>
          <th scope="col">{t('Before and after')}</th>
          <th scope="col">{t('Undo')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.id}>
            <td>
              <When at={change.at} />
            </td>
            <td>{change.by ?? t('The desk')}</td>
            <td>
              <What change={change} />
            </td>
            <td>
              <Differences change={change} />
            </td>
            <td>
              {change.undoable && (
                <Plain
                  tone="link"
                  disabled={isPending}
                  aria-label={t('Undo: {what}', { what: whatOf(change) })}
                  icon={<Undo2 size={14} aria-hidden="true" />}
                  onClick={() => undo(change.id, t('Undone: {what}', { what: whatOf(change) }))}
                >
                  {t('Undo')}
                </Plain>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const whatOf = (change: Change) => [deedOf(change), nameOf(change)].filter(Boolean).join(', ')

/** What was changed; its name leads to all that was ever changed of it. */
function What({ change }: { change: Change }) {
  const { table, row } = change
  return (
    <>
      {deedOf(change)}
      {nameOf(change) !== '' && (
        <Link to="/admin/audit" search={{ table, row }} className={page.sub}>
          {nameOf(change)}
        </Link>
      )}
    </>
  )
}

function Differences({ change: { before, after } }: { change: Change }) {
  return (
    <ul className={styles.change}>
      {differencesOf(before, after).map(({ name, was, is }) => (
        <li key={name}>
          {name}: {was !== '' && <del>{was}</del>}
          {was !== '' && is !== '' && ' → '}
          {is !== '' && <ins>{is}</ins>}
        </li>
      ))}
    </ul>
  )
}
