/**
 * Folds case one letter at a time, as `lower()` of PostgreSQL does under C.UTF-8: 'İ' becomes 'i', 'Σ' always 'σ', and
 * 'ß' stays itself, so 'STRASSE' is not 'straße'. Text found in memory is therefore text found in SQL. A database with a
 * locale of ICU differs in those first two letters only; one with the bare locale C folds no letter beyond a to z.
 */
export function fold(text: string) {
  return text.replaceAll('İ', 'i').replaceAll('Σ', 'σ').toLowerCase()
}

/**
 * The letters that make up words, for regular expressions on both sides. Scripts written without spaces are left out: in
 * them a word may begin anywhere.
 */
export const letters = String.raw`0-9a-z_\u00b5\u00c0-\u0dff\u10a0-\u167f\u1e00-\u1fff\u2c00-\u2ddf`

const letter = new RegExp(`[${letters}]`)

export const isLetter = (text: string) => letter.test(text)

/** Whether the text holds the phrase as whole words, in any case. */
export function hasPhrase(text: string, phrase: string) {
  const within = fold(text)
  const wanted = fold(phrase)
  const opens = isLetter(wanted.charAt(0))
  const closes = isLetter(wanted.charAt(wanted.length - 1))
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    const before = opens && isLetter(within.charAt(at - 1))
    const after = closes && isLetter(within.charAt(at + wanted.length))
    if (!before && !after) return true
  }
  return false
}

/** Whether every word begins some word of the text, in any case. */
export function hasWords(text: string, words: string) {
  const within = ` ${wordsIn(text).join(' ')}`
  return wordsIn(words).every((word) => within.includes(` ${word}`))
}

const wordsIn = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
