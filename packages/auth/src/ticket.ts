import { z } from 'zod'
import type { Vault } from '@gonglian/tenancy'

const sealedAs = 'auth.ticket'
const ticketMinutes = 5

const Content = z.object({ accountId: z.int(), at: z.iso.datetime(), print: z.string() })

type Account = { id: number; passwordHash: string }

function printOf(vault: Vault, passwordHash: string): string {
  return vault.fingerprint('auth.password', passwordHash).toString('base64url')
}

/** Says that the password was right, between the two steps of signing in. Sealed: nobody else can write or read it. */
export function writeTicket(vault: Vault, account: Account, at: Date): string {
  const content = { accountId: account.id, at: at.toISOString(), print: printOf(vault, account.passwordHash) }
  return vault.seal(sealedAs, JSON.stringify(content)).toString('base64url')
}

/** Null: not ours, or older than five minutes. `fits`: the password is still the one that was right. */
export function openTicket(
  vault: Vault,
  ticket: string,
  now: Date,
): { accountId: number; fits: (account: Account) => boolean } | null {
  let content
  try {
    content = Content.parse(JSON.parse(vault.open(sealedAs, Buffer.from(ticket, 'base64url'))))
  } catch {
    return null
  }
  const { accountId, at, print } = content
  const age = now.getTime() - new Date(at).getTime()
  if (age < 0 || age > ticketMinutes * 60_000) return null
  return { accountId, fits: (account) => account.id === accountId && printOf(vault, account.passwordHash) === print }
}
