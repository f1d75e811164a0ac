import { Download, SlidersHorizontal, type LucideIcon } from 'lucide-react'
import { lazy } from 'react'
import type { Fields } from '#shared/filter/fields.ts'
import { useMay } from '#web/core/me.ts'
import { OnDemand } from '#web/core/OnDemand.tsx'
import { Plain } from '#web/core/Plain.tsx'
import type { ListPlace } from '#web/item/place.ts'
import styles from './list.module.css'
import { t } from '#web/core/words.ts'

const ViewMenu = lazy(async () => ({ default: (await import('#web/item/ListMenus.tsx')).ViewMenu }))
const ExportMenu = lazy(async () => ({ default: (await import('#web/item/ListMenus.tsx')).ExportMenu }))

/** What a list shows, and a way to take it elsewhere. */
export function ListTools({ place, fields }: { place: ListPlace; fields: Fields }) {
  const may = useMay()
  const columns = toolOf(t('Columns'), SlidersHorizontal)
  const exports = toolOf(t('Export'), Download)
  return (
    <div className={styles.menus}>
      <OnDemand target={columns}>
        <ViewMenu place={place} fields={fields} target={columns()} />
      </OnDemand>
      {may('item.export') && (
        <OnDemand target={exports}>
          <ExportMenu place={place} target={exports()} />
        </OnDemand>
      )}
    </div>
  )
}

const toolOf = (label: string, Icon: LucideIcon) => (onClick?: () => void) => (
  <Plain
    tone="icon"
    aria-label={label}
    aria-haspopup="menu"
    icon={<Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
    {...(onClick && { onClick })}
  />
)
