import { createTransport } from 'nodemailer'
import type { Mail } from '#server/core/desk.ts'

/** A way out through a mail server, as `smtp://` or `smtps://user:password@host:port`. */
export function smtp(url: string, from: string) {
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A mail's text may name no file or address for the desk to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
  return async ({ messageId, to, subject, text }: Mail) => {
    await transport.sendMail({ from, messageId, to: { name: '', address: to }, subject, text, headers })
  }
}
