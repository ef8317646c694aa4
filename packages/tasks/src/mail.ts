import { createTransport } from 'nodemailer'
import type { Message } from './robots.ts'
import { Undelivered } from './undelivered.ts'

export type MailSettings = {
  /** `smtps://user:password@host` or `smtp://host:25`. */
  readonly url: string
  readonly from: string
}

export type Mailer = {
  send(to: string, message: Message, address: string | null): Promise<void>
  close(): void
}

const answerMs = 15_000

/** Sends plain-text mail through the operator's server. */
export function openMailer({ url, from }: MailSettings): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: answerMs,
      greetingTimeout: answerMs,
      socketTimeout: answerMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    async send(to, { subject, lines, link }, address) {
      const text = [...lines, ...(link === null || address === null ? [] : ['', `${link}: ${address}`])].join('\n')
      try {
        // As an object, so that nothing in it is read as a list of addresses or a header.
        await transport.sendMail({ to: { name: '', address: to }, subject, text })
      } catch (error) {
        throw describe(error)
      }
    },
    close: () => transport.close(),
  }
}

/** What became of it, by the answer of the server: 4xx and no connection may pass, 5xx stays. */
function describe(error: unknown): Undelivered {
  const read = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const code = read('responseCode')
  if (typeof code === 'number')
    return new Undelivered('tasks.problem.refused', code >= 400 && code < 500 ? 'again' : 'never')
  // The text was under way: it may have arrived.
  if (read('command') === 'DATA') return new Undelivered('tasks.problem.unknown', 'never')
  return new Undelivered('tasks.problem.away', 'again')
}
