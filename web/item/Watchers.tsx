import { Button, CloseButton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { listWatchers, unwatch, watch } from '#shared/item/watchers.ts'
import { query } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { Keys } from '#web/core/Keys.tsx'
import { useMay, useMe } from '#web/core/me.ts'
import { attempt } from '#web/item/attempt.ts'
import { pickPerson } from '#web/item/people.tsx'
import { Section } from '#web/item/Section.tsx'
import styles from './record.module.css'
import { t } from '#web/core/words.ts'

/** Who hears of what happens to a record. */
export function Watchers({ itemId }: { itemId: string }) {
  const client = useQueryClient()
  const may = useMay()
  const { data: watchers = [] } = useQuery(query(listWatchers, { itemId }))
  return (
    <Section title={t('Watchers')} count={watchers.length}>
      {watchers.map(({ id, name }) => (
        <div key={id} className={styles.linked}>
          <span className={styles.person}>
            <Initials name={name} quiet /> {name}
          </span>
          {may('item.work') && (
            <CloseButton
              size="xs"
              aria-label={t('{name} no longer watches', { name })}
              onClick={() => void attempt(client, unwatch, { itemId, personId: id })}
            />
          )}
        </div>
      ))}
      {may('item.work') && <Watch itemId={itemId} watchers={watchers} />}
    </Section>
  )
}

function Watch({ itemId, watchers }: { itemId: string; watchers: readonly { id: string }[] }) {
  const client = useQueryClient()
  const me = useMe()
  const may = useMay()
  const mine = watchers.some(({ id }) => id === me.id)
  const toggle = () => void attempt(client, mine ? unwatch : watch, { itemId, personId: me.id })
  const add = () =>
    pickPerson(t('Who watches'), ({ id }) => void attempt(client, watch, { itemId, personId: id }), { staff: true })
  return (
    <div className={styles.watchers}>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        leftSection={mine ? <EyeOff size={14} /> : <Eye size={14} />}
        rightSection={<Keys keys="w" />}
      >
        {mine ? t('Stop watching') : t('Watch')}
      </Button>
      {may('people.read') && (
        <Button variant="subtle" size="compact-sm" onClick={add}>
          {t('Add somebody…')}
        </Button>
      )}
    </div>
  )
}
