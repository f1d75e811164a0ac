import { bind, type Claim, typed } from './bind.ts'
import { FilterError, quote, type Spot, suggest } from './error.ts'
import { type Fields, reach, type Reached } from './fields.ts'
import { breachOf, everything, type Filter, limits, normalise, type Operator, type Predicates } from './filter.ts'
import { scan, type Sort, type Token } from './scan.ts'

/** Reads a filter as a person types it; text that is none is a FilterError. No text means everything. */
export function parse(text: string, fields: Fields, predicates: Predicates = {}): Filter {
  const reader = readerOf(text, fields, predicates)
  const filter = normalise(reader.peek().sort === 'end' ? everything : either(reader, 0))
  const rest = reader.peek()
  if (rest.sort !== 'end')
    throw new FilterError(`This ')' closes nothing.`, `Leave it out, or open it with '('.`, spotOf(rest))
  const breach = breachOf(filter)
  if (breach !== undefined)
    throw new FilterError(breach, 'Split it into two.', { at: 0, length: text.length, path: [] })
  return filter
}

interface Reader {
  fields: Fields
  predicates: Predicates
  peek: (ahead?: number) => Token
  take: () => Token
  /** Takes the next token where it is of this sort. */
  accept: (sort: Sort) => Token | undefined
  /** Takes the next token where it is this word, and not the name of a field. */
  acceptWord: (word: string) => Token | undefined
}

function readerOf(text: string, fields: Fields, predicates: Predicates): Reader {
  const tokens = scan(text)
  const end: Token = { sort: 'end', text: '', at: text.length, length: 0, closed: true }
  let next = 0
  const peek = (ahead = 0) => tokens[next + ahead] ?? end
  const take = () => tokens[next++] ?? end
  const accept = (sort: Sort) => (peek().sort === sort ? take() : undefined)
  const acceptWord = (word: string) => (isWord(peek(), word) && peek(1).sort !== 'op' ? take() : undefined)
  return { fields, predicates, peek, take, accept, acceptWord }
}

const isWord = (token: Token, word: string) => token.sort === 'word' && token.text.toLowerCase() === word

const spotOf = ({ at, length }: Token): Spot => ({ at, length, path: [] })

function either(reader: Reader, depth: number): Filter {
  const parts = [both(reader, depth)]
  while (reader.acceptWord('or')) parts.push(both(reader, depth))
  return { any: parts }
}

function both(reader: Reader, depth: number): Filter {
  const parts = [term(reader, depth)]
  for (;;) {
    const { sort } = reader.peek()
    if (sort === 'end' || sort === 'close') break
    if (isWord(reader.peek(), 'or') && reader.peek(1).sort !== 'op') break
    reader.acceptWord('and')
    parts.push(term(reader, depth))
  }
  return { all: parts }
}

function term(reader: Reader, depth: number): Filter {
  const first = reader.peek()
  if (depth > limits.depth) {
    throw new FilterError(`A filter may be nested at most ${limits.depth} deep.`, 'Nest it less.', spotOf(first))
  }
  if (reader.accept('minus') ?? reader.acceptWord('not')) return { not: term(reader, depth + 1) }
  if (reader.accept('open')) return group(reader, first, depth + 1)
  if (first.sort === 'word' || first.sort === 'phrase') return wordOrCondition(reader)
  throw missingTerm(reader, first)
}

function group(reader: Reader, opening: Token, depth: number): Filter {
  if (reader.accept('close')) return everything
  const inner = either(reader, depth)
  if (reader.accept('close')) return inner
  throw new FilterError(`This '(' is never closed.`, `Add ')'.`, spotOf(opening))
}

function missingTerm(reader: Reader, found: Token) {
  if (found.sort === 'op') {
    const mend = 'Write field, operator and value (state:open), or put what you look for in quotes.'
    return new FilterError(`A field is missing before '${found.text}'.`, mend, spotOf(found))
  }
  if (found.sort === 'comma') return new FilterError(`This ',' joins nothing.`, 'Leave it out.', spotOf(found))
  const what = found.sort === 'close' ? `')'` : 'the end'
  return new FilterError(`A condition is missing before ${what}.`, 'Write, for example, state:open.', spotOf(found))
}

function wordOrCondition(reader: Reader): Filter {
  const first = reader.take()
  if (reader.peek().sort === 'op') return condition(reader, first)
  checkClosed(first)
  const bare = first.sort === 'word' ? first.text.toLowerCase() : ''
  if (bare === 'and' || bare === 'or' || bare === '-') {
    const mend = `To search for it, write "${first.text}" in quotes.`
    throw new FilterError(`${quote(first.text)} needs a condition on both sides.`, mend, spotOf(first))
  }
  if (first.text.trim() === '') throw new FilterError('There is nothing between the quotes.', '', spotOf(first))
  return { text: first.text }
}

function condition(reader: Reader, name: Token): Filter {
  if (name.sort === 'phrase') {
    throw new FilterError('The name of a field takes no quotes.', `Write ${name.text}:…`, spotOf(name))
  }
  const op = reader.take()
  if (name.text.toLowerCase() === 'is' && !Object.hasOwn(reader.fields, 'is')) return predicate(reader, name, op)
  const reached = reach(name.text, reader.fields, spotOf(name))
  return bind({ reached, spot: spotOf(op), ...claimOf(values(reader, name, op), op, reached) })
}

type Claimed = Pick<Claim, 'op' | 'values'>

function claimOf(tokens: readonly Token[], op: Token, reached: Reached): Claimed {
  const [only] = tokens.length === 1 ? tokens : []
  if (only && isKeyword(only, 'any') && isOperator(op.text, ':', '=', '!=')) {
    return { op: op.text === '!=' ? '=' : '!=', values: [{ value: null, spot: spotOf(only) }] }
  }
  if (only && isRange(only, reached)) return rangeOf(only, op, reached)
  return { op: operatorOf(op), values: tokens.map((token) => ({ value: scalarOf(token), spot: spotOf(token) })) }
}

function values(reader: Reader, name: Token, op: Token): Token[] {
  const found: Token[] = []
  do {
    const value = reader.accept('value') ?? reader.accept('quoted')
    if (!value) {
      const spot = { at: name.at, length: op.at + op.length - name.at, path: [] }
      const after = found.length > 0 ? `','` : quote(name.text + op.text)
      throw new FilterError(`A value is missing after ${after}.`, `Write, for example, ${name.text}:any.`, spot)
    }
    checkClosed(value)
    found.push(value)
  } while (reader.accept('comma'))
  return found
}

function checkClosed(token: Token) {
  if (!token.closed) throw new FilterError('This quotation is never closed.', 'Add ".', spotOf(token))
}

const isKeyword = (token: Token, word: string) => token.sort === 'value' && token.text.toLowerCase() === word

const scalarOf = (token: Token) => (isKeyword(token, 'none') ? null : token.text)

function isRange(token: Token, { field }: Reached) {
  return token.sort === 'value' && token.text.includes('..') && (field.type === 'number' || field.type === 'time')
}

/** Reads `1..3`, and `1..` and `..3` as what they come to. */
function rangeOf(token: Token, op: Token, reached: Reached): Claimed {
  if (!isOperator(op.text, ':', '=')) {
    throw new FilterError(
      `'${op.text}' takes one value, not a range.`,
      `Write '${op.text === '!=' ? '-' : ''}${reached.word}:${token.text}'.`,
      spotOf(op),
    )
  }
  if (token.text === '..') return { op: 'between', values: [] }
  const cut = token.text.indexOf('..')
  const from = { value: token.text.slice(0, cut), spot: { at: token.at, length: cut, path: [] } }
  const to = {
    value: token.text.slice(cut + 2),
    spot: { at: token.at + cut + 2, length: token.length - cut - 2, path: [] },
  }
  if (from.value === '') return { op: '<=', values: [to] }
  if (to.value === '') return { op: '>=', values: [from] }
  return { op: 'between', values: [from, to] }
}

function isOperator(text: string, ...known: readonly (Operator | ':')[]) {
  return known.some((op) => op === text)
}

const operatorOf = (token: Token) => typed.find((op) => op === token.text) ?? ':'

function predicate(reader: Reader, name: Token, op: Token): Filter {
  if (!isOperator(op.text, ':', '=', '!=')) throw new FilterError(`'is' takes ':' only.`, 'Write is:open.', spotOf(op))
  const parts = values(reader, name, op).map((token): Filter => {
    const known = Object.keys(reader.predicates)
    const found = known.find((word) => word.toLowerCase() === token.text.toLowerCase())
    if (found !== undefined) return { is: found }
    throw new FilterError(
      `Nothing can be ${quote(token.text)}.`,
      suggest(token.text, known, 'words after is:'),
      spotOf(token),
    )
  })
  return op.text === '!=' ? { not: { any: parts } } : { any: parts }
}
