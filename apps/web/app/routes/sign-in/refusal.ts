import { z } from 'zod'
import { readOwnPath } from '../../own-path.ts'
import type { SignInAnswer } from '../../../server/door.ts'

/** What the form gets back when nobody was signed in. The password never comes back. */
export type SignInRefusal = {
  readonly username: string
  readonly missing: { readonly username: boolean; readonly password: boolean }
  readonly answer: Extract<SignInAnswer, { ok: false }> | null
}

const field = z.string().max(200).catch('')

const SignInFields = z.object({
  username: field.transform((name) => name.trim()),
  password: field,
  demonstration: field,
  ticket: z.string().max(2000).catch(''),
  code: field,
  back: field,
})

export function readSignInFields(form: FormData) {
  return SignInFields.parse({
    username: form.get('username'),
    password: form.get('password'),
    demonstration: form.get('demonstration'),
    ticket: form.get('ticket'),
    code: form.get('code'),
    back: form.get('back'),
  })
}

/** Where to go after signing in: a path of ours, whatever the address said. */
export function readBack(text: string | null): string {
  const path = readOwnPath(text)
  return path.startsWith('/sign-') ? '/' : path
}
