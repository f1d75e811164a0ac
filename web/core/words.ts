import { languageCodes, languages, type Language } from '#shared/core/language.ts'
import { fill, readMessage, type Piece } from '#shared/core/message.ts'
import { readStored, store } from '#web/core/prefs.ts'

/** What is spoken: one language from the start of the page to its end. Whoever chooses another starts the page anew. */
const spoken: Spoken = { language: 'en', texts: new Map(), dress: (pieces) => pieces }

interface Spoken {
  language: Language
  texts: ReadonlyMap<string, string>
  dress: (pieces: readonly Piece[]) => readonly Piece[]
}

/**
 * A text in the language of the reader. It is written in English where it is shown, and known by that: what a language
 * has no words for stays English.
 *
 * @param message literal, so that the gate of words finds it; or the value of something that was marked by `text`
 */
export const t = (message: string, values?: Readonly<Record<string, string | number>>): string =>
  values === undefined ? whole(message) : fill(piecesOf(message), values, locale()).join('')

/** Without values there is nothing to fill: what people named may hold braces of its own. */
const whole = (message: string) => fill(spoken.dress([spoken.texts.get(message) ?? message]), {}, locale()).join('')

const read = new Map<string, readonly Piece[]>()

/** A message in the language of the reader, taken apart once. */
export function piecesOf(message: string) {
  const known = read.get(message) ?? spoken.dress(readMessage(spoken.texts.get(message) ?? message))
  read.set(message, known)
  return known
}

/** How dates and numbers are written. */
export const locale = (): string => languages[spoken.language].locale

/** Which language the pages speak. */
export const language = (): Language => spoken.language

const texts = import.meta.glob<Record<string, string>>('/{web,shared}/**/de.json', { import: 'default' })

/** Loads the words of the language that was chosen here. It comes before all that is shown. */
export async function speak() {
  spoken.language = wanted()
  if (spoken.language === 'de') {
    const all = await Promise.all(Object.values(texts).map((load) => load()))
    spoken.texts = new Map(all.flatMap((one) => Object.entries(one)))
  }
  const trial = readStored('steward.trial')
  if (trial) spoken.dress = (await import('#web/core/trial.ts')).dress
  document.documentElement.lang = spoken.language
  document.documentElement.dir = trial === 'rtl' ? 'rtl' : 'ltr'
}

const stored = 'steward.language'

const isLanguage = (code: string | null | undefined): code is Language => languageCodes.some((known) => known === code)

/** What was chosen, else English: what a browser would like is not asked until every page can answer. */
function wanted(): Language {
  const chosen = readStored(stored)
  return isLanguage(chosen) ? chosen : 'en'
}

/** Speaks as somebody chose, from now on: the page starts anew where that is another language than now. */
export function speakAs(chosen: Language | null) {
  store(stored, chosen)
  // Where nothing can be stored, starting anew would change nothing, without end.
  if (readStored(stored) === chosen && wanted() !== spoken.language) window.location.reload()
}
