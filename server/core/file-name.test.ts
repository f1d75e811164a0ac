import { expect, test } from 'vitest'
import { cleanName, dispositionOf } from './file-name.ts'
import { isShown, typeOf } from './file-type.ts'

test.for([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\rita\\photo.png', 'photo.png'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['zero\u200Bwidth.txt', 'zerowidth.txt'],
  ['cafe\u0301.txt', 'caf\u00e9.txt'],
  ['половина.docx', 'половина.docx'],
  ['tail. . ', 'tail'],
  ['..', 'file'],
  ['', 'file'],
  ['half\ud83d.txt', 'half\ufffd.txt'],
] as const)('%j is kept as %j', ([given, kept]) => {
  expect(cleanName(given)).toBe(kept)
})

test('a long name keeps its ending and never half a letter', () => {
  const name = cleanName(`${'\u{1F4CE}'.repeat(300)}.tar.gz`)

  expect(name.length).toBeLessThanOrEqual(200)
  expect(name.endsWith('.gz')).toBe(true)
  expect(name.isWellFormed()).toBe(true)
})

test('a name with quotes and accents is told so that every browser reads it, and none is tricked', () => {
  expect(dispositionOf('Ä "b"; x=1.pdf', 'attachment')).toBe(
    `attachment; filename="_ _b_; x=1.pdf"; filename*=UTF-8''%C3%84%20%22b%22%3B%20x%3D1.pdf`,
  )
})

const png = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1')

test.for([
  ['photo.png', png, 'image/png'],
  ['photo.exe', png, 'image/png'],
  ['page.png', Buffer.from('<html><script>alert(1)</script>'), 'application/octet-stream'],
  ['page.html', Buffer.from('<html><script>alert(1)</script>'), 'application/octet-stream'],
  ['logo.svg', Buffer.from('<svg onload="alert(1)"/>'), 'application/octet-stream'],
  ['run.js', Buffer.from('alert(1)'), 'application/octet-stream'],
  ['setup.exe', Buffer.from('MZ\x90\x00', 'latin1'), 'application/octet-stream'],
  ['notes.txt', Buffer.from('Guten Tag, Zoë'), 'text/plain'],
  ['notes.txt', Buffer.from([0xff, 0xfe, 0x00, 0x01, 0, 0, 0, 0, 0]), 'application/octet-stream'],
  [
    'plan.docx',
    Buffer.from('PK\x03\x04....'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['plan.docm', Buffer.from('PK\x03\x04....'), 'application/zip'],
  ['paper', Buffer.from('%PDF-1.7'), 'application/pdf'],
] as const)('%s is told by its bytes', ([name, head, type]) => {
  expect(typeOf(name, head)).toBe(type)
})

test('only plain pictures are shown in a page', () => {
  const types = ['image/png', 'image/svg+xml', 'application/pdf', 'text/plain', 'application/octet-stream']
  expect(types.filter(isShown)).toEqual(['image/png'])
})
