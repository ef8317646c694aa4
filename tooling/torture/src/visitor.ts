import { transformer } from '@gonglian/api/wire'
import { z } from 'zod'
import { password, usernameOf } from './country.ts'

/** Longer than any disturbance lasts. */
const answerMs = 20_000

/** What became of a call. `unknown`: no answer came, or one that says that something broke: it may have been done. */
export type Answer =
  | { readonly is: 'done'; readonly value: unknown }
  | { readonly is: 'refused'; readonly key: string }
  | { readonly is: 'unknown'; readonly why: string }
  /** Nobody listened: it was not done. */
  | { readonly is: 'unreached' }

const Success = z.object({ result: z.object({ data: z.unknown() }) })
const Failure = z.object({
  error: z.object({ json: z.object({ data: z.object({ refusal: z.object({ key: z.string(), code: z.string() }) }) }) }),
})
const Cause = z.object({ cause: z.object({ code: z.string() }) })

/** The user of one body, really signed in, who speaks to the web as a browser does. */
export class Visitor {
  readonly #url: string
  readonly #code: string
  #cookie: string | null = null
  #signingIn: Promise<Answer> | null = null
  signIns = 0

  constructor(url: string, code: string) {
    this.#url = url
    this.#code = code
  }

  ask(path: string, input: unknown): Promise<Answer> {
    const question = encodeURIComponent(JSON.stringify(transformer.serialize(input)))
    return this.#call(`${path}?input=${question}`, {})
  }

  act(path: string, input: unknown): Promise<Answer> {
    const body = JSON.stringify(transformer.serialize(input))
    return this.#call(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  }

  /** A new session, by name and password. Several who need one wait for the same. */
  signIn(): Promise<Answer> {
    this.#signingIn ??= this.#enter().finally(() => (this.#signingIn = null))
    return this.#signingIn
  }

  async #enter(): Promise<Answer> {
    const fields = new URLSearchParams({ username: usernameOf(this.#code), password })
    const answer = await this.#send('/sign-in', { method: 'POST', body: fields, redirect: 'manual' })
    if (!(answer instanceof Response)) return answer
    await answer.arrayBuffer()
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='))
    if (cookie === undefined || answer.status !== 302)
      return answer.status >= 500
        ? { is: 'unknown', why: `${answer.status} at the sign-in` }
        : { is: 'refused', key: `${answer.status} at the sign-in` }
    this.#cookie = cookie.split(';')[0] ?? null
    this.signIns += 1
    return { is: 'done', value: null }
  }

  async #call(path: string, options: RequestInit): Promise<Answer> {
    if (this.#cookie === null) {
      const entered = await this.signIn()
      // A sign-in without an answer leaves the call undone.
      if (entered.is !== 'done') return entered.is === 'refused' ? entered : { is: 'unreached' }
    }
    const headers = { ...options.headers, cookie: this.#cookie ?? '' }
    const answer = await this.#send(`/trpc/${path}`, { ...options, headers })
    if (!(answer instanceof Response)) return answer
    try {
      return this.#read(answer.status, await answer.text())
    } catch (error) {
      return { is: 'unknown', why: String(error) }
    }
  }

  #read(status: number, text: string): Answer {
    if (status >= 500) return { is: 'unknown', why: `${status} ${text.slice(0, 200)}` }
    const parsed: unknown = JSON.parse(text)
    if (status < 300) return { is: 'done', value: transformer.deserialize(Success.parse(parsed).result.data) }
    const { key, code } = Failure.parse(parsed).error.json.data.refusal
    if (code === 'unauthenticated') this.#cookie = null
    return { is: 'refused', key }
  }

  async #send(path: string, options: RequestInit): Promise<Response | Answer> {
    try {
      return await fetch(`${this.#url}${path}`, { ...options, signal: AbortSignal.timeout(answerMs) })
    } catch (error) {
      const cause = Cause.safeParse(error)
      if (cause.success && cause.data.cause.code === 'ECONNREFUSED') return { is: 'unreached' }
      return { is: 'unknown', why: cause.success ? cause.data.cause.code : String(error) }
    }
  }
}
