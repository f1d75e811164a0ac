import { writeSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'

const mostWaiting = 16 * 1024 ** 2

/**
 * A file to which lines are appended, in order and without waiting. What a full disk does not take is lost, and the
 * desk goes on; what comes after the close is dropped. A file that has grown large is put aside as `.1`.
 */
export async function openLogFile(path: string, largest = 50 * 1024 ** 2) {
  let file = await open(path, 'a', 0o600)
  let { size } = await file.stat()
  let waiting = ''
  let writing: Promise<void> | null = null
  let closed = false

  async function writeDown() {
    while (waiting !== '') {
      const lines = waiting
      waiting = ''
      await append(lines).catch(() => {})
    }
    writing = null
  }

  async function append(lines: string) {
    if (size + lines.length > largest) await turnOver()
    size += lines.length
    await file.appendFile(lines)
  }

  async function turnOver() {
    await rename(path, `${path}.1`)
    const fresh = await open(path, 'a', 0o600)
    await file.close()
    file = fresh
    size = 0
  }

  const last = () => {
    try {
      writeSync(file.fd, waiting)
    } catch {}
  }
  process.once('exit', last)

  return {
    write(line: string) {
      if (closed || waiting.length > mostWaiting) return
      waiting += line
      writing ??= writeDown()
    },
    close: async () => {
      if (closed) return
      closed = true
      await writing
      process.off('exit', last)
      await file.close()
    },
  }
}
