import type { AppRouter } from '@gonglian/api'
import { transformer } from '@gonglian/api/wire'
import type { Locale } from '@gonglian/ui/messages'
import { createTRPCClient, httpLink } from '@trpc/client'
import { inject } from 'vitest'
import { demonstrationPassword } from '../server/demonstration.ts'

export type Answer = { readonly status: number; readonly location: string | null; readonly text: string }

/** Somebody signed in, at the other end of a real cookie; without a user name, nobody. */
export type Person = {
  readonly username: string | null
  readonly cookie: string
  /** What the API answers this person over HTTP. */
  readonly api: ReturnType<typeof createTRPCClient<AppRouter>>
  /** One request, redirects not followed. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Answer>
}

export const nobody: Person = createPerson(null, '')

const known = new Map<string, Promise<Person>>()

/** Signs an account of the demonstration in, once. */
export function signIn(username: string): Promise<Person> {
  const person = known.get(username) ?? enter(username)
  known.set(username, person)
  return person
}

/** Whoever is asked for next signs in anew: a proof is fresh for ten minutes, and files of tests run one after the other. */
export function forgetPeople(): void {
  known.clear()
}

/** The same person, reading another language. */
export function reading(person: Person, locale: Locale): Person {
  return createPerson(person.username, `${person.cookie}; locale=${locale}`)
}

async function enter(username: string): Promise<Person> {
  const response = await fetch(`${inject('house').url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ username, password: demonstrationPassword }),
    redirect: 'manual',
  })
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith('session='))
  if (cookie === undefined) throw new Error(`${username} could not sign in: ${response.status}`)
  return createPerson(username, cookie.split(';')[0] ?? '')
}

/** Whoever sends this cookie. */
export function createPerson(username: string | null, cookie: string): Person {
  const { url } = inject('house')
  const headers: Record<string, string> = cookie === '' ? {} : { cookie }
  // People of these tests stay signed in for longer than a proof is fresh: they give the password again, as the pages ask for it.
  const prove = () =>
    fetch(`${url}/trpc/session.proveSession`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ json: { answer: demonstrationPassword } }),
    })
  const askApi = async (address: Parameters<typeof fetch>[0], asked?: object) => {
    const init = { ...asked }
    const answer = await fetch(address, init)
    if (answer.status !== 403 || !(await answer.clone().text()).includes('"errors.proofNeeded"')) return answer
    await prove()
    return fetch(address, init)
  }
  return {
    username,
    cookie,
    api: createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${url}/trpc`, transformer, headers, fetch: askApi })],
    }),
    ask: async (path, init = {}) => {
      const send = () =>
        fetch(`${url}${path}`, {
          redirect: 'manual',
          ...init,
          headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
        })
      let response = await send()
      if (response.headers.get('location')?.startsWith('/me/proof') === true) {
        await prove()
        response = await send()
      }
      return { status: response.status, location: response.headers.get('location'), text: await response.text() }
    },
  }
}
