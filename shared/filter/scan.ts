import { FilterError, nowhere } from './error.ts'
import { limits } from './filter.ts'

/**
 * `word` and `phrase` (quoted) stand where a condition may begin, `value` and `quoted` after an operator or a comma.
 * `end` is where there is nothing more.
 */
export type Sort = 'word' | 'phrase' | 'value' | 'quoted' | 'op' | 'comma' | 'open' | 'close' | 'minus' | 'end'

export interface Token {
  sort: Sort
  text: string
  at: number
  length: number
  /** False for a quotation that runs to the end of the text. */
  closed: boolean
}

/** Cuts a filter's text into tokens, in one pass and without judging it; only its size and characters are checked. */
export function scan(text: string): Token[] {
  checkText(text)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (isSpace(text.charAt(at))) {
      at++
      continue
    }
    const last = tokens.at(-1)?.sort
    const next = last === 'op' || last === 'comma' ? valueAt(text, at) : termAt(text, at, last)
    tokens.push(next)
    at += next.length
  }
  return tokens
}

/** Refuses text that is too long, or that a database could not hold. */
export function checkText(text: string) {
  const { characters } = limits
  if (text.length > characters) {
    const spot = { ...nowhere, at: characters, length: text.length - characters }
    throw new FilterError(`A filter may be at most ${characters} characters long.`, 'Make it shorter.', spot)
  }
  const at = text.isWellFormed() ? text.indexOf('\0') : 0
  if (at < 0) return
  throw new FilterError('A filter holds a character that is none.', 'Type it again.', { ...nowhere, at, length: 1 })
}

const isSpace = (character: string) => /\s/.test(character)

function valueAt(text: string, at: number): Token {
  const first = text.charAt(at)
  if (first === ',') return token('comma', ',', at)
  if (first === '(' || first === ')') return termAt(text, at, undefined)
  if (opens(first)) return quotation('quoted', text, at)
  return token('value', take(text, at, endsValue), at)
}

function termAt(text: string, at: number, last: Sort | undefined): Token {
  const first = text.charAt(at)
  const mark = marks[first]
  if (mark && (mark !== 'comma' || last === 'value' || last === 'quoted')) return token(mark, first, at)
  if (opens(first)) return quotation('phrase', text, at)
  const op = operatorAt(text, at)
  if (op !== undefined) return { ...token('op', op, at), text: op.replace(/^:(?=.)/, '') }
  const isMinus = first === '-' && /\S/.test(text.charAt(at + 1))
  return isMinus ? token('minus', first, at) : token('word', take(text, at, endsWord), at)
}

const marks: Readonly<Record<string, Sort>> = { '(': 'open', ')': 'close', ',': 'comma' }

// `:>=` is what other search bars write for `>=`.
const operators = [':>=', ':<=', ':>', ':<', '!=', '<=', '>=', '<', '>', '=', ':', '~']

const operatorAt = (text: string, at: number) => operators.find((op) => text.startsWith(op, at))

function take(text: string, at: number, ends: (text: string, at: number) => boolean) {
  let end = at + 1
  while (end < text.length && !ends(text, end)) end++
  return text.slice(at, end)
}

function endsValue(text: string, at: number) {
  const character = text.charAt(at)
  return isSpace(character) || character === '(' || character === ')' || character === ',' || opens(character)
}

function endsWord(text: string, at: number) {
  const character = text.charAt(at)
  if (isSpace(character) || character === '(' || character === ')' || opens(character)) return true
  return operatorAt(text, at) !== undefined
}

// Telephones and word processors bend straight quotes.
const opens = (character: string) => character === '"' || '“”„'.includes(character || '"')

const closes = (character: string, opening: string) => character === '"' || (opening !== '"' && opens(character))

function quotation(sort: Sort, text: string, at: number): Token {
  const opening = text.charAt(at)
  let held = ''
  let end = at + 1
  while (end < text.length && !closes(text.charAt(end), opening)) {
    const next = text.charAt(end + 1)
    const escaped = text.charAt(end) === '\\' && (next === '"' || next === '\\')
    held += escaped ? next : text.charAt(end)
    end += escaped ? 2 : 1
  }
  const closed = end < text.length
  return { sort, text: held, at, length: Math.min(end + 1, text.length) - at, closed }
}

const token = (sort: Sort, text: string, at: number): Token => ({ sort, text, at, length: text.length, closed: true })
