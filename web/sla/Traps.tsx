import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { checkTerms } from '#shared/sla.ts'
import type { Terms } from '#shared/sla/terms.ts'
import { call } from '#web/core/api.ts'
import styles from './admin.module.css'

/** What about the conditions will not do what one may expect, said while they are written. */
export function Traps({ terms }: { terms: Terms }) {
  const [asked] = useDebouncedValue(terms, 400)
  const { data: traps = [] } = useQuery({
    queryKey: [checkTerms.path, asked],
    // What cannot be read is told where it is written.
    queryFn: () => call(checkTerms, { terms: asked }).catch(() => []),
    placeholderData: keepPreviousData,
  })
  return (
    <output>
      {traps.map(({ trap, sentence }) => (
        <span key={trap} className={styles.trap}>
          <TriangleAlert size={16} aria-hidden="true" />
          {sentence}
        </span>
      ))}
    </output>
  )
}
