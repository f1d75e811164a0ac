// What people read: `node scripts/words.ts` fails on text that is written past `t`, on a text without German, on German
// that nobody asks for, and on values that do not fit their places.
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseSync, Visitor, type CallExpression, type Expression, type JSXOpeningElement } from 'oxc-parser'
import { readMessage, type Piece } from '#shared/core/message.ts'

interface Use {
  readonly message: string
  readonly file: string
  readonly line: number
}

const uses: Use[] = []
const wrong: string[] = []

function read(file: string) {
  const source = readFileSync(file, 'utf8')
  const lineOf = (at: number) => source.slice(0, at).split('\n').length
  const said = new Set<number>()
  const found = (at: number, message: string, values?: ReadonlySet<string>) => {
    uses.push({ message, file, line: lineOf(at) })
    checkPlaces(`${file}:${lineOf(at)}`, message, values)
  }
  const bare = (at: number, text: string) => {
    if (!file.startsWith('web/') || said.has(at) || !isForPeople(text)) return
    wrong.push(`${file}:${lineOf(at)}: “${text.trim()}” is not in the reader’s language: write t('…') or <T of="…">`)
  }
  new Visitor({
    CallExpression(node) {
      const [first, second] = node.arguments
      if (node.callee.type !== 'Identifier' || !['t', 'text'].includes(node.callee.name) || !first) return
      const message = literalOf(first)
      for (const span of [first, ...(first.type === 'TemplateLiteral' ? first.quasis : [])]) said.add(span.start)
      if (message !== undefined)
        found(first.start, message, node.callee.name === 't' ? namesIn(node, second) : undefined)
    },
    JSXOpeningElement(node) {
      if (node.name.type === 'JSXIdentifier' && node.name.name === 'T') readT(node)
      for (const attribute of node.attributes) {
        if (attribute.type !== 'JSXAttribute' || attribute.value?.type !== 'Literal') continue
        if (!forPeople.has(nameOf(attribute.name))) said.add(attribute.value.start)
      }
    },
    JSXText: (node) => bare(node.start, node.value),
    Literal: (node) => typeof node.value === 'string' && bare(node.start, node.value),
    TemplateElement: (node) => bare(node.start, node.value.cooked ?? ''),
    TaggedTemplateExpression: (node) => node.quasi.quasis.forEach(({ start }) => said.add(start)),
    ImportDeclaration: (node) => said.add(node.source.start),
    ImportExpression: (node) => said.add(node.source.start),
    ExportNamedDeclaration: (node) => node.source && said.add(node.source.start),
    TSLiteralType: (node) => said.add(node.literal.start),
    NewExpression: (node) => {
      // What only developers see.
      if (node.callee.type === 'Identifier' && node.callee.name.endsWith('Error'))
        for (const each of node.arguments)
          for (const span of [each, ...(each.type === 'TemplateLiteral' ? each.quasis : [])]) said.add(span.start)
    },
  }).visit(parseSync(file, source).program)

  function readT(node: JSXOpeningElement) {
    for (const attribute of node.attributes) {
      if (attribute.type !== 'JSXAttribute' || nameOf(attribute.name) !== 'of') continue
      if (attribute.value?.type !== 'Literal' || typeof attribute.value.value !== 'string') continue
      said.add(attribute.value.start)
      found(attribute.value.start, attribute.value.value)
    }
  }
}

/** Attributes that are shown or read out; what stands in any other is for machines. */
const forPeople = new Set(
  'label title placeholder description alt aria-label aria-description aria-roledescription heading hint words'.split(
    ' ',
  ),
)

const nameOf = (name: { readonly type: string; readonly name: unknown }) =>
  typeof name.name === 'string' ? name.name : ''

/** Two words, or one that begins with a capital. What machines read looks otherwise, but for a few. */
function isForPeople(text: string) {
  const words = text.trim()
  if (machines.has(words) || /[{}<>=;]|::|^[a-z-]+: |^\W*\d+ \d+|^[./#@&?[]|^[A-Z]\w*[a-z][A-Z]\w*$/.test(words))
    return false
  return /\p{L}{2,} \p{L}+/u.test(words) || /^\p{Lu}\p{Ll}{2,}/u.test(words)
}

/** Keys, headers and the like. */
const machines = new Set(readFileSync('scripts/words.machines.txt', 'utf8').split('\n'))

function literalOf(node: Expression | { type: string }): string | undefined {
  if ('left' in node && 'right' in node) return joined(node)
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') return node.value
  return 'quasis' in node && node.quasis.length === 1 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined
}

/** Of a text that goes on in the next line. */
function joined({ left, right }: { left: unknown; right: unknown }) {
  const texts = [left, right].map((part) => (isNode(part) ? literalOf(part) : undefined))
  return texts.includes(undefined) ? undefined : texts.join('')
}

const isNode = (part: unknown): part is { type: string } => typeof part === 'object' && part !== null && 'type' in part

/** The names of the values that a call gives; nothing where that cannot be told from its text. */
function namesIn({ arguments: given }: CallExpression, second: CallExpression['arguments'][number] | undefined) {
  if (given.length === 1) return new Set<string>()
  if (second?.type !== 'ObjectExpression') return undefined
  const names = second.properties.map((each) =>
    each.type === 'Property' && each.key.type === 'Identifier' ? each.key.name : undefined,
  )
  return names.includes(undefined) ? undefined : new Set(names.map(String))
}

function checkPlaces(where: string, message: string, values: ReadonlySet<string> | undefined) {
  try {
    const places = placesOf(readMessage(message))
    if (values && [...places].toSorted().join() !== [...values].toSorted().join())
      wrong.push(`${where}: “${message}” has places for ${list(places)}, and is given ${list(values)}`)
  } catch (error) {
    wrong.push(`${where}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const list = (names: ReadonlySet<string>) => [...names].toSorted().join(', ') || 'nothing'

const placesOf = (pieces: readonly Piece[]): ReadonlySet<string> =>
  new Set(
    pieces.flatMap((piece) => {
      if (typeof piece === 'string') return []
      if ('value' in piece) return [piece.value]
      return [piece.number, ...[...piece.cases.values()].flatMap((of) => [...placesOf(of)])]
    }),
  )

/** A folder keeps the German of its own texts; what several say stands in the core’s. */
function checkGerman() {
  const german = new Map(globSync('{web,shared}/**/de.json').map((file) => [dirname(file), wordsIn(file)]))
  const core = german.get('web/core') ?? {}
  for (const { message, file, line } of uses) {
    const home = homeOf(file)
    if (german.get(home)?.[message] === undefined && core[message] === undefined)
      wrong.push(`${file}:${line}: “${message}” has no German in ${home}/de.json`)
  }
  for (const [home, words] of german) checkWords(home, words, home === 'web/core' ? {} : core)
  checkAgreement(german)
}

/** The pages know one German text for one English, whichever folder asks. */
function checkAgreement(german: ReadonlyMap<string, Words>) {
  const known = new Map<string, { readonly home: string; readonly said: string }>()
  for (const [home, words] of german) {
    for (const [message, said] of Object.entries(words)) {
      const other = known.get(message)
      if (other && other.said !== said)
        wrong.push(`${home}/de.json: “${message}” is “${said}” here, and “${other.said}” in ${other.home}/de.json`)
      known.set(message, { home, said })
    }
  }
}

function checkWords(home: string, words: Words, elsewhere: Words) {
  const here = uses.filter(({ file }) => home === 'web/core' || homeOf(file) === home)
  const asked = new Set(here.map(({ message }) => message))
  for (const [message, german] of Object.entries(words)) {
    const where = `${home}/de.json`
    if (!asked.has(message)) wrong.push(`${where}: “${message}” is asked for nowhere`)
    if (elsewhere[message] !== undefined) wrong.push(`${where}: “${message}” is in web/core/de.json already`)
    checkPlaces(where, german, placesOf(readMessage(message)))
  }
}

type Words = Readonly<Record<string, string>>

const homeOf = (file: string) => (file.startsWith('shared/') ? 'shared' : file.split('/').slice(0, 2).join('/'))

function wordsIn(file: string): Words {
  return JSON.parse(readFileSync(file, 'utf8'))
}

const files = globSync('{web,shared}/**/*.{ts,tsx}').filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
for (const file of files) read(file)
checkGerman()

const summary = `${new Set(uses.map(({ message }) => message)).size} texts, ${wrong.length} places not in order`
process.stdout.write(`${[...wrong.toSorted(), summary].join('\n')}\n`)
if (wrong.length > 0) process.exitCode = 1
