import type { SignedIn } from '@gonglian/auth'
import { openGuesses, type Guesses } from './guesses.ts'
import type { Deps, Locale, MessageParams } from '@gonglian/tenancy'

/** The text of a message key in a language; the web hands it in, since the words belong to the screens. */
export type Translate = (locale: Locale, key: string, params: MessageParams) => string

/** Something unexpected that an operator should know of; the reader only sees the request id. */
export type Fault = { requestId: string; path: string; error: unknown }

export type ApiContext = {
  readonly deps: Deps
  readonly actor: SignedIn | null
  readonly translate: Translate
  readonly locale: Locale
  readonly requestId: string
  /** Where the request came from; only for limits on what may be guessed at. */
  readonly address: string
  /** How many calls came in one request. */
  readonly callCount: number
  /** Wrong codes of the whole process, by where they came from. */
  readonly guesses: Guesses
  /** Private hosts that robots of chats may have: the operator's decision. */
  readonly webhookHosts: readonly string[]
  readonly onFault: (fault: Fault) => void
}

/**
 * What every procedure is called with. Who asks is known before: cookie, session and account are the web's and auth's business.
 *
 * @param options.locale the language of the page; default: the account's
 */
export function createContext(options: {
  deps: Deps
  actor: SignedIn | null
  translate: Translate
  locale?: Locale
  requestId?: string
  address?: string
  callCount?: number
  guesses?: Guesses
  webhookHosts?: readonly string[]
  onFault?: (fault: Fault) => void
}): ApiContext {
  const { deps, actor, translate } = options
  return {
    deps,
    actor,
    translate,
    locale: options.locale ?? actor?.locale ?? 'zh-CN',
    requestId: options.requestId ?? actor?.requestId ?? '',
    address: options.address ?? actor?.address ?? '',
    callCount: options.callCount ?? 1,
    guesses: options.guesses ?? openGuesses(),
    webhookHosts: options.webhookHosts ?? [],
    onFault: options.onFault ?? (() => undefined),
  }
}
