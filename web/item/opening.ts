import { useCommands } from '#web/core/keys.ts'
import { useMay } from '#web/core/me.ts'
import { t } from '#web/core/words.ts'
import type { Kind } from '#web/item/kind.ts'

/** The key that opens a new record, on a page of its kind. */
export function useOpening({ label, may: permission, open }: Kind['opening']) {
  const may = useMay()
  const when = () => may(permission)
  useCommands([{ id: 'new', label, section: t('Create'), keys: 'c', when, run: open }])
}
