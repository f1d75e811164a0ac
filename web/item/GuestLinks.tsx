import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listGuestLinks, withdrawGuestLinks } from '#shared/guest.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { Ago } from '#web/core/time.tsx'
import { attempt } from '#web/item/attempt.ts'
import { Section } from '#web/item/Section.tsx'
import styles from './record.module.css'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'

/** Who can read and answer a record by a link in a letter, without sign-in, and how that is ended. */
export function GuestLinks({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const mayWork = useMay()('item.work')
  const { data: guests = [] } = useQuery({ ...query(listGuestLinks, { itemId }), enabled: mayWork })
  return (
    <Section title={t('Links by letter')} count={guests.length} keep={false}>
      {guests.map(({ person, links, lastUsedAt }) => (
        <div key={person.id} className={styles.linked}>
          <span>
            {person.name}
            <span className={styles.quiet}>
              &nbsp;·{' '}
              {lastUsedAt === null ? (
                t('{links, plural, one {one link} other {# links}}, not used yet', { links })
              ) : (
                <T
                  of="{links, plural, one {one link} other {# links}}, used {ago}"
                  values={{ links, ago: <Ago at={lastUsedAt} long /> }}
                />
              )}
            </span>
          </span>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() =>
          void attempt(client, withdrawGuestLinks, { itemId }, t('Withdrawn. The next letter brings a new link'))
        }
      >
        {t('Withdraw')}
      </Button>
    </Section>
  )
}
