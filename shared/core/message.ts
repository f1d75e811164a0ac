/** Marks a text that people read where it is written; the pages say it in their language, by `t`. */
export const text = <const T extends string>(english: T): T => english

/** A piece of a message: text, the place of a value, or several texts of which a number chooses one. */
export type Piece =
  | string
  | { readonly value: string }
  | { readonly number: string; readonly cases: ReadonlyMap<string, readonly Piece[]> }

/**
 * Reads a message in the part of ICU MessageFormat that the desk uses: `{name}` is the place of a value, and
 * `{count, plural, =0 {none} one {# row} other {# rows}}` is chosen by the rules of the language, `#` being the number.
 *
 * @throws SyntaxError where braces do not fit or a choice has no `other`; it names the message
 */
export function readMessage(message: string): readonly Piece[] {
  const reader = { message, at: 0 }
  const pieces = readPieces(reader, null)
  if (reader.at < message.length) throw wrong(reader, 'a brace is closed that was not opened')
  return pieces
}

interface Reader {
  readonly message: string
  at: number
}

const wrong = ({ message, at }: Reader, why: string) =>
  new SyntaxError(`In “${message}”, at character ${at + 1}: ${why}`)

/** Up to the end, or to the brace that closes a case; `#` is a number only within cases. */
function readPieces(reader: Reader, number: string | null): Piece[] {
  const pieces: Piece[] = []
  while (reader.at < reader.message.length && reader.message[reader.at] !== '}') {
    const plain = take(reader, number === null ? /[^{}]+/y : /[^{}#]+/y)
    if (plain !== null) pieces.push(plain)
    else if (number !== null && take(reader, /#/y) !== null) pieces.push({ value: number })
    else pieces.push(readPlace(reader))
  }
  return pieces
}

function readPlace(reader: Reader): Piece {
  const name = need(reader, /\{\s*\w+\s*/y, 'here a name belongs')
    .slice(1)
    .trim()
  if (take(reader, /\}/y) !== null) return { value: name }
  need(reader, /,\s*plural\s*,\s*/y, 'after a name comes a closing brace, or a choice by number')
  const cases = new Map<string, readonly Piece[]>()
  while (take(reader, /\s*\}/y) === null) {
    const key = need(reader, /\s*(?:=\d+|zero|one|two|few|many|other)\s*\{/y, 'here one of the cases belongs')
    cases.set(key.slice(0, -1).trim(), readPieces(reader, name))
    need(reader, /\}/y, 'this case is not closed')
  }
  if (!cases.has('other')) throw wrong(reader, 'the choice has no “other”')
  return { number: name, cases }
}

function take(reader: Reader, pattern: RegExp) {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.message)?.[0] ?? null
  reader.at += found?.length ?? 0
  return found
}

function need(reader: Reader, pattern: RegExp, why: string) {
  const found = take(reader, pattern)
  if (found === null) throw wrong(reader, why)
  return found
}

/**
 * Puts values into a message, in their places, as a list: what is no text, such as a link on a page, stays what it is.
 * Numbers are written as the language writes them.
 *
 * @throws Error where a value is missing
 */
export function fill<V>(
  pieces: readonly Piece[],
  values: Readonly<Record<string, V | string | number>>,
  locale: string,
): readonly (V | string)[] {
  return pieces.flatMap((piece): readonly (V | string)[] => {
    if (typeof piece === 'string') return [piece]
    if ('value' in piece) return [shown(given(values, piece.value), locale)]
    const count = Number(given(values, piece.number))
    const { cases } = piece
    const chosen = cases.get(`=${count}`) ?? cases.get(rulesOf(locale).select(count)) ?? cases.get('other') ?? []
    return fill(chosen, values, locale)
  })
}

function given<V>(values: Readonly<Record<string, V>>, name: string): V {
  const value = values[name]
  if (value === undefined) throw new Error(`The message has a place for “${name}”, but no such value is given`)
  return value
}

const shown = <V>(value: V | string | number, locale: string): V | string =>
  typeof value === 'number' ? numbersOf(locale).format(value) : value

const numbersOf = kept((locale) => new Intl.NumberFormat(locale))
const rulesOf = kept((locale) => new Intl.PluralRules(locale))

/** Made once for each locale: making them is what costs. */
function kept<T>(make: (locale: string) => T) {
  const made = new Map<string, T>()
  return (locale: string) => {
    const known = made.get(locale) ?? make(locale)
    made.set(locale, known)
    return known
  }
}
