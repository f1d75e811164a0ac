import type { Piece } from '#shared/core/message.ts'

const marks = 'áḅčďéḟğĥíĵķĺḿńóṕʠŕśťúṽŵẋýź'

const mark = (text: string) =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const marked = marks[letter.toLowerCase().charCodeAt(0) - 97] ?? letter
    return letter === letter.toLowerCase() ? marked : marked.toUpperCase()
  })

/** Longer by two fifths, as other languages are, with marks on all letters: what is not marked was never translated. */
export function dress(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return mark(piece) + '·'.repeat(Math.ceil(piece.trim().length * 0.4))
    if ('value' in piece) return piece
    return { ...piece, cases: new Map([...piece.cases].map(([key, of]) => [key, dress(of)])) }
  })
}
