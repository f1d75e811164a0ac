import { Button, CloseButton, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Mapping } from '#shared/import/mapping.ts'
import { listImportMappings, removeImportMapping, saveImportMapping } from '#shared/import.ts'
import { query, useAction } from '#web/core/api.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import styles from './saved.module.css'

/** Mappings that were kept under a name, to be used again; and a name for this one. */
export function SavedMappings({ mapping, change }: { mapping: Mapping; change: (mapping: Mapping) => void }) {
  const { data: saved } = useSuspenseQuery(query(listImportMappings, {}))
  const removing = useAction(removeImportMapping)
  return (
    <div className={styles.saved}>
      {saved.map((one) => (
        <span key={one.id} className={styles.chip}>
          <button type="button" onClick={() => change(one.mapping)}>
            Read it as “{one.name}”
          </button>
          <CloseButton
            size="sm"
            aria-label={`Forget the mapping ${one.name}`}
            onClick={() => void removing.mutateAsync({ id: one.id }).catch(sayWrong)}
          />
        </span>
      ))}
      <SaveAs mapping={mapping} />
    </div>
  )
}

function SaveAs({ mapping }: { mapping: Mapping }) {
  const saving = useAction(saveImportMapping)
  const [name, setName] = useState('')
  const save = async () => {
    try {
      await saving.mutateAsync({ name, mapping })
      say(`Saved the mapping “${name}”`)
      setName('')
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <form
      className={styles.saveAs}
      aria-label="Save this mapping"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void save()
      }}
    >
      <TextInput
        aria-label="Name for this mapping"
        placeholder="Name for this mapping"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={saving.isPending} disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  )
}
