import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll } from 'vitest'

/** A mail server that takes every mail and sends none on; what it took can be read. */
export async function startMailServer() {
  const taken: string[] = []
  const server = createServer((socket) => converse(socket, (mail) => taken.push(mail)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, mails: () => taken.map(decoded) }
}

function converse(socket: Socket, take: (mail: string) => void) {
  let mail: string[] | null = null
  let rest = ''
  const answer = (line: string) => socket.write(`${line}\r\n`)
  answer('220 mail')
  socket.on('error', () => {})
  socket.on('data', (part) => {
    const lines = (rest + part.toString()).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (mail === null) {
        mail = /^DATA/i.test(line) ? [] : null
        answer(mail ? '354 go on' : /^QUIT/i.test(line) ? '221 bye' : '250 fine')
      } else if (line === '.') {
        take(mail.join('\n'))
        mail = null
        answer('250 taken')
      } else mail.push(line)
    }
  })
}

/** A long line is broken on its way, and an equals sign written in another way. */
const decoded = (mail: string) => mail.replaceAll(/=\n/g, '').replaceAll('=3D', '=')
