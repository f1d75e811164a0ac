import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { smtp } from './smtp.ts'

const received: string[] = []

/** As little of a mail server as it takes to be handed a mail. */
const server = createServer((socket) => {
  let data: string | null = null
  let rest = ''
  const answer = (line: string) => socket.write(`${line}\r\n`)
  answer('220 mail')
  socket.on('data', (part) => {
    rest += part.toString()
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (data !== null) {
        if (line === '.') {
          received.push(data)
          data = null
          answer('250 taken')
        } else data += `${line}\n`
      } else if (/^DATA/i.test(line)) {
        data = ''
        answer('354 go on')
      } else if (/^RCPT TO:<refused@/i.test(line)) answer('550 no such user')
      else answer(/^QUIT/i.test(line) ? '221 bye' : '250 fine')
    }
  })
  socket.on('error', () => {})
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => void server.close())

const { port } = server.address() as AddressInfo
const send = smtp(`smtp://127.0.0.1:${port}`, 'Steward <desk@example.org>')
const mail = { messageId: '<1@desk.example.org>', to: 'rita@example.com', subject: 'Grüße', text: 'Hello.' }

test('a mail reaches the server with its own Message-ID, and says that no person wrote it', async () => {
  await send(mail)
  expect(received[0]).toContain('From: Steward <desk@example.org>')
  expect(received[0]).toContain('To: rita@example.com')
  expect(received[0]).toContain('Message-ID: <1@desk.example.org>')
  expect(received[0]).toContain('Auto-Submitted: auto-generated')
})

test('neither subject nor address can add a header or a recipient', async () => {
  await send({ ...mail, subject: 'Hi\r\nBcc: eve@example.com', to: 'rita@example.com' })
  expect(received.at(-1)).not.toMatch(/^Bcc:/m)
  const smuggled = { ...mail, to: 'rita@example.com>\r\nRCPT TO:<eve@example.com' }
  await send(smuggled).catch(() => {})
  expect(received.join('\n')).not.toMatch(/^To:.*eve@example\.com$/m)
})

test('what the server refuses for good says so by its code', async () => {
  await expect(send({ ...mail, to: 'refused@example.com' })).rejects.toMatchObject({ responseCode: 550 })
})
