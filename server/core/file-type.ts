const at = (offset: number, signature: string) => (head: Buffer) =>
  head.subarray(offset, offset + signature.length).equals(Buffer.from(signature, 'latin1'))

const signatures: readonly { readonly type: string; readonly is: (head: Buffer) => boolean }[] = [
  { type: 'image/png', is: at(0, '\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', is: at(0, '\xff\xd8\xff') },
  { type: 'image/gif', is: (head) => at(0, 'GIF87a')(head) || at(0, 'GIF89a')(head) },
  { type: 'image/webp', is: (head) => at(0, 'RIFF')(head) && at(8, 'WEBP')(head) },
  { type: 'application/pdf', is: at(0, '%PDF-') },
  { type: 'application/zip', is: (head) => at(0, 'PK\x03\x04')(head) || at(0, 'PK\x05\x06')(head) },
  { type: 'application/gzip', is: at(0, '\x1f\x8b') },
  { type: 'application/x-7z-compressed', is: at(0, '7z\xbc\xaf\x27\x1c') },
  { type: 'video/mp4', is: at(4, 'ftyp') },
  { type: 'audio/mpeg', is: at(0, 'ID3') },
]

const office = 'application/vnd.openxmlformats-officedocument'

/** What a ZIP is when its name says so: none of these runs anything. */
const zipped: Readonly<Record<string, string>> = {
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
}

/** What plain text is called by its name. What a browser would run is not among them. */
const texts: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
}

export const unknownType = 'application/octet-stream'

/**
 * What a file is, by its own first bytes: what its sender says of it counts for nothing, and its name only where the
 * bytes agree. Whatever could run somewhere, or is not known, is just bytes.
 */
export function typeOf(name: string, head: Buffer) {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const known = signatures.find(({ is }) => is(head))?.type
  if (known === 'application/zip') return zipped[ending] ?? known
  if (known !== undefined) return known
  return (isText(head) ? texts[ending] : undefined) ?? unknownType
}

const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Whether a browser may show it in a page; everything else is handed over to be saved. */
export const isShown = (type: string) => shown.has(type)

function isText(head: Buffer) {
  if (head.includes(0)) return false
  // The head may end within a letter of several bytes.
  const text = new TextDecoder().decode(head.subarray(0, Math.max(0, head.length - 4)))
  return !text.includes('\ufffd')
}
