import type { Caller, Refusal } from '@gonglian/api'
import type { Locale } from '@gonglian/ui/messages'
import type { Door, Visitor } from '../server/door.ts'
import type { Log } from '../server/log.ts'

declare module '@remix-run/node' {
  /** What the server hands every loader and action. */
  interface AppLoadContext {
    readonly requestId: string
    /** The time at which the request came, by the server's clock: what a page takes for now and today. */
    readonly now: Date
    readonly nonce: string
    readonly locale: Locale
    /** The Cookie header as it came. */
    readonly cookie: string | undefined
    /** Where the request came from, for rate limits and the audit log. */
    readonly address: string
    readonly agent: string
    /** Whether it came over https. */
    readonly secure: boolean
    readonly visitor: Visitor | null
    /** All that may be asked of the house, as this visitor and in this language. */
    readonly api: Caller
    /** What a reader is told about an error, in this language. */
    readonly describe: (error: unknown) => Refusal
    readonly door: Door
    readonly log: Log
  }
}
