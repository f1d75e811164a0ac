import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { cancelImport, getImport, removeImport, startImport, type ImportDetail } from '#shared/import.ts'
import { query, useAction } from '#web/core/api.ts'
import { BackLink, Page } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { Wrong } from '#web/core/form.tsx'
import { MappingEditor } from '#web/import/MappingEditor.tsx'
import type { Adopting } from '#web/import/MatrixTable.tsx'
import { Meter } from '#web/import/Meter.tsx'
import { Report } from '#web/import/Report.tsx'
import { useMapping, type Editing } from '#web/import/editing.ts'
import { timeLeft } from '#web/import/words.ts'
import styles from './import.module.css'

const moving: ReadonlySet<string> = new Set(['reading', 'waiting', 'working'])

export function ImportPage() {
  const { id } = useParams({ from: '/staff/admin/admin/imports/$id' })
  const navigate = useNavigate()
  const [adoptMatrix, setAdopt] = useState(false)
  const { data } = useSuspenseQuery({
    ...query(getImport, { id }),
    refetchInterval: ({ state }) => (moving.has(state.data?.state ?? '') ? 1000 : false),
  })
  const editing = useMapping(data)
  return (
    <Page
      title={data.fileName}
      about={aboutState[data.state]}
      actions={data.state === 'ready' && <Start detail={data} adoptMatrix={adoptMatrix} saving={editing.saving} />}
    >
      <div>
        <BackLink onClick={() => void navigate({ to: '/admin/imports' })}>All imports</BackLink>
      </div>
      <Body detail={data} editing={editing} adopting={{ adoptMatrix, setAdopt }} />
    </Page>
  )
}

const aboutState: Readonly<Record<ImportDetail['state'], string>> = {
  reading: 'The file is being looked through. Nothing is taken from it yet.',
  ready: 'This is how the file is read. Look it over, change what is not right, then start.',
  waiting: 'The import is about to start.',
  working: 'You can leave this page; it goes on without you.',
  done: 'All of it was read back from the desk and held against the file.',
  failed: 'The import stopped. What it had written stays; nothing is written twice when it goes on.',
  cancelled: 'The import was stopped. What it had written stays; nothing is written twice when it goes on.',
}

interface BodyProps {
  readonly detail: ImportDetail
  readonly editing: Editing
  readonly adopting: Adopting
}

function Body({ detail, editing: { mapping, change }, adopting }: BodyProps) {
  const { state, recognised, certificate } = detail
  if (state === 'reading') return <Meter label="Looking through the file" share={0} />
  if (state === 'waiting' || state === 'working') return <Working detail={detail} />
  if (state === 'ready' && mapping && recognised)
    return <MappingEditor {...{ detail, mapping, recognised, adopting, change }} />
  if (state === 'done' && certificate) return <Report detail={detail} certificate={certificate} />
  return <Stopped detail={detail} />
}

interface StartProps {
  readonly detail: ImportDetail
  readonly adoptMatrix: boolean
  readonly saving: boolean
}

function Start({ detail: { id, wrong }, adoptMatrix, saving }: StartProps) {
  const starting = useAction(startImport)
  return (
    <Button
      loading={starting.isPending}
      disabled={wrong.length > 0 || saving}
      onClick={() => void starting.mutateAsync({ id, adoptMatrix }).catch(sayWrong)}
    >
      Start the import
    </Button>
  )
}

const steps = {
  read: 'Reading the file',
  write: 'Writing the records',
  check: 'Holding the desk against the file',
} as const

function Working({ detail: { id, step, share, secondsLeft } }: { detail: ImportDetail }) {
  const cancelling = useAction(cancelImport)
  return (
    <div className={styles.working}>
      <Meter label={step ? steps[step] : 'About to start'} share={share} more={timeLeft(secondsLeft)} />
      <Button
        variant="default"
        loading={cancelling.isPending}
        onClick={() =>
          void cancelling
            .mutateAsync({ id })
            .then(() => say('Stopped; it can go on later'))
            .catch(sayWrong)
        }
      >
        Stop
      </Button>
    </div>
  )
}

function Stopped({ detail: { id, error, by, step } }: { detail: ImportDetail }) {
  const starting = useAction(startImport)
  const removing = useAction(removeImport)
  const navigate = useNavigate()
  const remove = () =>
    removing
      .mutateAsync({ id })
      .then(() => navigate({ to: '/admin/imports' }))
      .catch(sayWrong)
  return (
    <div className={styles.working}>
      <Wrong text={error ?? ''} />
      <div className={styles.buttons}>
        {by !== null && step !== null && (
          <Button loading={starting.isPending} onClick={() => void starting.mutateAsync({ id }).catch(sayWrong)}>
            Go on
          </Button>
        )}
        {by === null && (
          <p className={styles.note}>It was begun from the command line; the same command goes on with it.</p>
        )}
        {step === null && (
          <Button variant="default" loading={removing.isPending} onClick={() => void remove()}>
            Forget this import
          </Button>
        )}
      </div>
    </div>
  )
}
