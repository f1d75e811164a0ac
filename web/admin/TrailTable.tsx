import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { undoChange } from '#shared/desk.ts'
import { useAction } from '#web/core/api.ts'
import { Plain } from '#web/core/Plain.tsx'
import { When } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import page from '#web/core/page.module.css'
import styles from './admin.module.css'
import { differencesOf, nameOf, tables, type Change } from './trail.ts'

const acts = { insert: 'added', update: 'changed', delete: 'removed' } as const

/** Changes of settings, each with what was before and after, and the way back. */
export function TrailTable({ changes }: { changes: readonly Change[] }) {
  const { mutate, isPending } = useAction(undoChange)
  const undo = (id: number, said: string) =>
    mutate(
      { id },
      { onSuccess: ({ by }) => say(said, { undo: () => undo(by, 'As it was before') }), onError: sayWrong },
    )
  return (
    <table className={`${page.table} ${styles.trail}`}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Before and after</th>
          <th scope="col">Undo</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.id}>
            <td>
              <When at={change.at} />
            </td>
            <td>{change.by ?? 'The desk'}</td>
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
                  aria-label={`Undo: ${whatOf(change)}`}
                  icon={<Undo2 size={14} aria-hidden="true" />}
                  onClick={() => undo(change.id, `Undone: ${whatOf(change)}`)}
                >
                  Undo
                </Plain>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const whatOf = ({ table, act, before, after }: Change) =>
  [`${tables[table] ?? table} ${acts[act]}`, nameOf({ before, after })].filter(Boolean).join(', ')

/** What was changed; its name leads to all that was ever changed of it. */
function What({ change }: { change: Change }) {
  const { table, row, act } = change
  return (
    <>
      {tables[table] ?? table} {acts[act]}
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
