import { Fragment, type ReactNode } from 'react'
import { fill } from '#shared/core/message.ts'
import { locale, piecesOf } from '#web/core/words.ts'

interface TProps {
  /** The message, with a place for each of the values. */
  readonly of: string
  readonly values: Readonly<Record<string, NonNullable<ReactNode>>>
}

/** A text in the language of the reader that holds links, keys, times or whatever else is drawn. */
export function T({ of, values }: TProps) {
  const nodes = fill(piecesOf(of), values, locale())
  // oxlint-disable-next-line react/no-array-index-key -- the pieces of a message never change their order
  return nodes.map((node, at) => <Fragment key={at}>{node}</Fragment>)
}
