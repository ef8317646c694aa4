import type { Look } from './country.ts'
import { belowMe, isSystem, isVisitor, mayRestructure, ownAccounts, tenant, writable, type Rules } from './sight.ts'
import type { Row } from './world.ts'

/** What signing in needs: of the own body's accounts, and at the door. */
const atSignIn = (row: Row, look: Look) => ownAccounts(row, look) || isVisitor(look)
const signIn: Rules = { see: atSignIn, add: atSignIn, change: atSignIn, drop: atSignIn }
const bySystem = (_row: Row, look: Look) => isSystem(look)
const bySystemBelow = (row: Row, look: Look) => isSystem(look) && look.below.has(tenant(row))
/** A person's own: who looks has the account 1. */
const byPerson = (row: Row, look: Look) =>
  (look.reach === 'business' || look.reach === 'administration') && tenant(row) === look.me && row['account_id'] === 1
const byAdministrator = (row: Row, look: Look) => look.reach === 'administration' && tenant(row) === look.me
const forPerson = (row: Row, look: Look) => bySystemBelow(row, look) || byPerson(row, look)
const forAdministrator = (row: Row, look: Look) => bySystemBelow(row, look) || byAdministrator(row, look)
const ofBody = (row: Row, look: Look) => isSystem(look) || tenant(row) === look.me

/** Signing in with two factors, reorganisations, keys, anchors of the trails, papers and messages. */
export const accountRules: Record<string, Rules> = {
  'auth.device': signIn,
  'auth.factor': signIn,
  'auth.recovery_code': signIn,
  // Redeemed by a function that takes its token.
  'auth.one_time_link': { see: atSignIn, add: ownAccounts, change: ownAccounts, drop: ownAccounts },
  'auth.old_password': { see: atSignIn, add: atSignIn, drop: atSignIn },
  'auth.notice': { see: ownAccounts, add: atSignIn },
  // Set for oneself and all below, who read it; what those below set for themselves the system alone reads.
  'auth.sign_in_rule': {
    see: (row, look) => isSystem(look) || look.above.has(tenant(row)),
    add: ownAccounts,
    change: ownAccounts,
  },
  // Who took part, all above them, and whoever decided.
  'tenancy.reorganisation': {
    see: (row, look) => {
      const { bodies } = row
      return (
        mayRestructure(look) ||
        tenant(row) === look.me ||
        look.isTop ||
        (Array.isArray(bodies) && bodies.some((body) => typeof body === 'number' && look.below.has(body)))
      )
    },
    add: (_row, look) => mayRestructure(look),
  },
  'rollup.reorganised_total': { see: belowMe, add: (_row, look) => mayRestructure(look) },
  // Sealed under a secret that the database does not have.
  'tenancy.data_key': { see: () => true, add: bySystem },
  'tenancy.audit_anchor': { see: ofBody, add: bySystem },
  // Issued papers are their body's own, for good; a print is checked by a function that takes its token.
  'documents.issued_paper': { see: writable, add: writable },
  'documents.withdrawal': { see: writable, add: writable },
  // A message is made by the worker and marked by its person; superiors, colleagues and administrators read neither it nor the address.
  'tasks.digest': { see: forPerson, add: bySystemBelow, change: forPerson, drop: bySystemBelow },
  'tasks.digest_day': { see: bySystemBelow, add: bySystemBelow, drop: bySystemBelow },
  'tasks.address': { see: forPerson, add: forPerson, change: forPerson, drop: forPerson },
  'tasks.channel': { see: forAdministrator, add: forAdministrator, change: forAdministrator, drop: forAdministrator },
  'tasks.delivery': { see: forAdministrator, add: bySystemBelow, change: bySystemBelow, drop: bySystemBelow },
}
