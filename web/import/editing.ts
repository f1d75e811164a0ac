import { useRef, useState } from 'react'
import { mapImport, type ImportDetail } from '#shared/import.ts'
import { Mapping } from '#shared/import/mapping.ts'
import { useAction } from '#web/core/api.ts'
import { sayWrong } from '#web/core/toast.ts'

export interface Editing {
  readonly mapping: Mapping | null
  readonly change: (to: Mapping) => void
  /** What was changed is still on its way. */
  readonly saving: boolean
}

/**
 * The mapping of an import while somebody changes it: each change shows at once and builds on the one before, whether or
 * not that has landed. They are sent one after the other, so the last one wins; a refused one goes back to what is kept.
 */
export function useMapping({ id, mapping: kept }: Pick<ImportDetail, 'id' | 'mapping'>): Editing {
  const [mine, setMine] = useState<Mapping | null>(null)
  const wanted = useRef<Mapping | null>(null)
  const { mutateAsync, isPending } = useAction(mapImport)

  async function send() {
    let sent: Mapping | null = null
    try {
      while (wanted.current && wanted.current !== sent) {
        sent = wanted.current
        await mutateAsync({ id, mapping: sent })
      }
    } catch (error) {
      sayWrong(error)
    }
    wanted.current = null
    setMine(null)
  }

  const change = (to: Mapping) => {
    const idle = wanted.current === null
    wanted.current = Mapping.parse(to)
    setMine(wanted.current)
    if (idle) void send()
  }
  return { mapping: mine ?? kept, change, saving: mine !== null || isPending }
}
