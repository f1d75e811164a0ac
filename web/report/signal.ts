import { signalWords, type Signal } from '#shared/report/signals.ts'
import { t } from '#web/core/words.ts'

const sides: Readonly<Record<Signal['side'], string>> = { above: t('above'), below: t('below') }

/** What is more than chance, and where: “beyond the limit, above”. */
export const signalText = ({ rule, side }: Signal) => `${t(signalWords[rule])}, ${sides[side]}`
