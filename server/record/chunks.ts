const enough = 64 * 1024

/** The same text in pieces worth writing: a row at a time would cost a system call a row. */
export async function* chunked(texts: AsyncIterable<string> | Iterable<string>) {
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < enough) continue
    yield waiting
    waiting = ''
  }
  if (waiting !== '') yield waiting
}
