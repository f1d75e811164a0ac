/** A tag of XML as it goes by, with the text that stood before it; names are without their prefix. */
export interface Tag {
  readonly before: string
  readonly name: string
  readonly opens: boolean
  readonly closes: boolean
  readonly attributes: string
}

/**
 * Reads XML tag by tag. It knows what spreadsheets are made of and no more: no entity but the five and numbered ones is
 * ever put in for anything, so nothing can be fetched or blown up by a document.
 */
export async function* readTags(pieces: AsyncIterable<string>): AsyncGenerator<Tag> {
  let rest = ''
  let text = ''
  for await (const piece of pieces) {
    rest += piece
    for (;;) {
      const from = rest.indexOf('<')
      const to = from < 0 ? -1 : endOf(rest, from)
      if (to < 0) break
      text += rest.slice(0, from)
      const inside = rest.slice(from + 1, to)
      rest = rest.slice(to + 1)
      if (inside.startsWith('![CDATA[')) text += inside.slice(8, -2).replaceAll('&', '&amp;')
      else if (!inside.startsWith('!') && !inside.startsWith('?')) {
        yield tagOf(text, inside)
        text = ''
      }
    }
  }
}

function endOf(text: string, from: number) {
  if (text.startsWith('<!--', from)) return after(text.indexOf('-->', from), 2)
  if (text.startsWith('<![CDATA[', from)) return after(text.indexOf(']]>', from), 2)
  return text.indexOf('>', from)
}

const after = (at: number, more: number) => (at < 0 ? -1 : at + more)

function tagOf(before: string, inside: string): Tag {
  const closing = inside.startsWith('/')
  const [, name = '', attributes = ''] = /^\/?(?:[\w.-]+:)?([\w.-]*)([^]*)$/.exec(inside) ?? []
  return { before, name, opens: !closing, closes: closing || inside.endsWith('/'), attributes }
}

/** An attribute of a tag, whatever prefix it has; undefined where there is none. */
export function attribute({ attributes }: Tag, name: string) {
  const found = attributePatterns.get(name) ?? new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  attributePatterns.set(name, found)
  const match = found.exec(attributes)
  return match ? unescaped(match[1] ?? match[2] ?? '') : undefined
}

const attributePatterns = new Map<string, RegExp>()
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function unescaped(text: string) {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{1,10}));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
