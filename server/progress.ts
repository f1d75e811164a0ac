import type { WriteStream } from 'node:tty'

const width = 30
const soon = 1_000

type Progress = (done: number, total: number) => void

/** Draws how far something is, on a terminal only, and not before a second has passed. */
export function progressTo(stream: Pick<WriteStream, 'isTTY' | 'write'>): Progress {
  const began = performance.now()
  let drawn = false
  return (done, total) => {
    if (!stream.isTTY || (!drawn && performance.now() - began < soon)) return
    const share = shareOf(done, total)
    const full = Math.round(share * width)
    stream.write(
      `\r${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %${share === 1 ? '\n' : ''}`,
    )
    drawn = share < 1
  }
}

/** The same, and where nothing can be drawn, a line for each tenth. */
export function progressOn(stream: Pick<WriteStream, 'isTTY' | 'write'>): Progress {
  if (stream.isTTY) return progressTo(stream)
  let told = 0
  return (done, total) => {
    const tenths = Math.floor(shareOf(done, total) * 10)
    if (tenths > told) stream.write(`${tenths}0 %\n`)
    told = Math.max(told, tenths)
  }
}

const shareOf = (done: number, total: number) => (total > 0 ? Math.min(1, done / total) : 0)
