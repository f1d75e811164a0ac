import type { WriteStream } from 'node:tty'

const width = 30

/** Draws how far something is, on a terminal only, and not before a second has passed. */
export function progressTo(stream: Pick<WriteStream, 'isTTY' | 'write'>) {
  const began = performance.now()
  let drawn = false
  return (done: number, total: number) => {
    if (!stream.isTTY || (!drawn && performance.now() - began < 1000)) return
    const share = total > 0 ? Math.min(1, done / total) : 0
    const full = Math.round(share * width)
    stream.write(
      `\r${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %${share === 1 ? '\n' : ''}`,
    )
    drawn = share < 1
  }
}
