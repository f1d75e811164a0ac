import { ListFilter, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Fields } from '#shared/filter/fields.ts'
import { useCommands } from '#web/core/keys.ts'
import { Keys } from '#web/core/Keys.tsx'
import { conditionsOf, readFilter } from '#web/item/dictionary.ts'
import type { ListPlace } from '#web/item/place.ts'
import { SaveBar } from '#web/item/SaveBar.tsx'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

const FilterEditor = lazy(async () => ({ default: (await import('#web/item/FilterEditor.tsx')).FilterEditor }))

interface FilterBarProps {
  place: ListPlace
  fields: Fields
  news: { count: number; gone: number; show: () => void }
}

/** What narrows the list: each condition by itself, or all of them as text. */
export function FilterBar({ place, fields, news }: FilterBarProps) {
  const [editing, setEditing] = useState(false)
  useCommands([{ id: 'filter', label: t('Filter'), section: t('List'), keys: 'f', run: () => setEditing(true) }])
  const read = readFilter(place.filter, fields)
  const wrong = 'wrong' in read

  if (editing || wrong) {
    return (
      <div className={styles.filter}>
        <Suspense fallback={<div className={styles.editor} />}>
          <FilterEditor
            text={place.filter}
            fields={fields}
            apply={(f) => place.go({ f })}
            close={() => setEditing(false)}
            focus={editing}
          />
        </Suspense>
      </div>
    )
  }
  return (
    <div className={styles.filter}>
      <button type="button" className={styles.edit} onClick={() => setEditing(true)} title={place.filter}>
        <ListFilter size={16} strokeWidth={1.75} aria-hidden="true" /> {t('Filter')} <Keys keys="f" />
      </button>
      <ul className={styles.chips} aria-label={t('Conditions')}>
        {place.filter !== '' &&
          conditionsOf(read.filter, fields).map(({ text, words, without }) => (
            <li key={text} className={styles.chip}>
              <button type="button" onClick={() => setEditing(true)} title={text}>
                {words}
              </button>
              <button
                type="button"
                aria-label={t('Take away: {words}', { words })}
                onClick={() => place.go({ f: without })}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
      </ul>
      <News {...news} />
      <SaveBar place={place} />
    </div>
  )
}

function News({ count, gone, show }: FilterBarProps['news']) {
  if (count === 0 && gone === 0) return <output className={styles.noNews} />
  return (
    <output>
      <button type="button" className={styles.news} onClick={show}>
        {count > 0 ? t('{count} new', { count }) : t('{gone} moved on', { gone })} <Keys keys="u" />
      </button>
    </output>
  )
}
