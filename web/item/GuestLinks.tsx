import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listGuestLinks, withdrawGuestLinks } from '#shared/guest.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { attempt } from '#web/item/attempt.ts'
import { Section } from '#web/item/Section.tsx'
import styles from './record.module.css'

/** Who can read and answer a record by a link in a letter, without sign-in, and how that is ended. */
export function GuestLinks({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const mayWork = useMay()('item.work')
  const { data: guests = [] } = useQuery({ ...query(listGuestLinks, { itemId }), enabled: mayWork })
  return (
    <Section title="Links by letter" count={guests.length} keep={false}>
      {guests.map(({ person, links, lastUsedAt }) => (
        <div key={person.id} className={styles.linked}>
          <span>
            {person.name}
            <span className={styles.quiet}>
              &nbsp;· {links === 1 ? 'one link' : `${links} links`},{' '}
              {lastUsedAt === null ? (
                'not used yet'
              ) : (
                <>
                  used <Ago at={lastUsedAt} long />
                </>
              )}
            </span>
          </span>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() =>
          void attempt(client, withdrawGuestLinks, { itemId }, 'Withdrawn. The next letter brings a new link')
        }
      >
        Withdraw
      </Button>
    </Section>
  )
}
