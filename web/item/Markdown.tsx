import { Fragment, type ReactNode } from 'react'

/** Written text, drawn: paragraphs, lists, quotes, code, emphasis, links. What it does not know stays as written. */
export function Markdown({ text }: { text: string }) {
  return <div className="written">{blocksOf(text.replaceAll('\r\n', '\n').split('\n'))}</div>
}

interface Block {
  readonly starts: RegExp
  readonly goesOn: RegExp
  readonly draw: (lines: readonly string[], key: number) => ReactNode
}

const bullet = /^\s*[-*+] +/
const numeral = /^\s*\d{1,9}[.)] +/
const quotation = /^> ?/

const blocks: readonly Block[] = [
  {
    starts: quotation,
    goesOn: quotation,
    draw: (lines, key) => (
      <blockquote key={key}>{blocksOf(lines.map((line) => line.replace(quotation, '')))}</blockquote>
    ),
  },
  { starts: bullet, goesOn: /^(\s*[-*+] +|\s+\S)/, draw: (lines, key) => <ul key={key}>{entries(lines, bullet)}</ul> },
  {
    starts: numeral,
    goesOn: /^(\s*\d{1,9}[.)] +|\s+\S)/,
    draw: (lines, key) => <ol key={key}>{entries(lines, numeral)}</ol>,
  },
  {
    starts: /^#{1,6} /,
    goesOn: /^(?!)/,
    draw: ([line = ''], key) => (
      <p key={key}>
        <strong>{inline(line.replace(/^#+ /, ''))}</strong>
      </p>
    ),
  },
]

const paragraph: Block = {
  starts: /^/,
  goesOn: /^(?!\s*$|```|> ?|\s*[-*+] +|\s*\d{1,9}[.)] +|#{1,6} )/,
  draw: (lines, key) => (
    <p key={key}>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place alone
        <Fragment key={index}>
          {index > 0 && <br />}
          {inline(line)}
        </Fragment>
      ))}
    </p>
  ),
}

function blocksOf(lines: readonly string[]): ReactNode[] {
  const drawn: ReactNode[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'))
      const last = end < 0 ? lines.length : end
      drawn.push(<pre key={at}>{lines.slice(at + 1, last).join('\n')}</pre>)
      at = last + 1
    } else {
      const block = blocks.find(({ starts }) => starts.test(line)) ?? paragraph
      const from = at
      at++
      while (at < lines.length && block.goesOn.test(lines[at] ?? '')) at++
      drawn.push(block.draw(lines.slice(from, at), from))
    }
  }
  return drawn
}

function entries(lines: readonly string[], mark: RegExp) {
  const all: string[] = []
  for (const line of lines) {
    if (mark.test(line) || all.length === 0) all.push(line.replace(mark, ''))
    else all.push(`${all.pop() ?? ''} ${line.trim()}`)
  }
  // oxlint-disable-next-line react/no-array-index-key -- an entry is known by its place alone
  return all.map((entry, index) => <li key={index}>{inline(entry)}</li>)
}

/** Each kind of emphasis has a longest length, so that a long line of odd marks takes no longer than any other. */
const span =
  /(`[^`]{1,400}`)|(\*\*[^*]{1,400}\*\*)|(\*[^*\s][^*]{0,400}\*)|(\[[^\][]{1,400}\]\(https?:\/\/[^\s)]{1,2000}\))|(https?:\/\/[^\s<>)]{1,2000}[^\s<>).,;:!?'"])/

/** Only http and https become links: what others wrote must not run. */
function inline(text: string): ReactNode[] {
  return text.split(span).flatMap((part, index) => (part ? [drawSpan(part, index)] : []))
}

function drawSpan(part: string, key: number): ReactNode {
  if (part.startsWith('`') && part.length > 2) return <code key={key}>{part.slice(1, -1)}</code>
  if (/^\*\*.+\*\*$/.test(part)) return <strong key={key}>{part.slice(2, -2)}</strong>
  if (/^\*[^*].*\*$/.test(part)) return <em key={key}>{part.slice(1, -1)}</em>
  const [, label = part, href = part] = /^\[([^\]]+)\]\((https?:[^)]+)\)$/.exec(part) ?? []
  if (!/^https?:\/\/\S+$/.test(href)) return part
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  )
}
