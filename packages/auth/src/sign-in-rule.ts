import { z } from 'zod'
import {
  listSuperiors,
  recordAudit,
  requireFreshProof,
  requirePermission,
  roles,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import { isAdministrator } from './administrators.ts'

/** What a body asks of everybody who signs in to it and below, from a day on (handbook 15). */
export type SignInRule = {
  /** Besides the three administrators, who always need one. */
  readonly factorRoles: readonly Role[]
  /** Null: a password has no end. */
  readonly passwordDays: number | null
  /** Open at the same time; the one unused longest ends. */
  readonly sessions: number
  /** Null: nobody has set anything, and this is the standard. */
  readonly validFrom: string | null
  readonly source: string | null
}

const standard: SignInRule = { factorRoles: [], passwordDays: 90, sessions: 5, validFrom: null, source: null }

/** The rule in force for the acting body: its own, else the nearest superior's. */
export async function readSignInRule(ctx: TenantContext): Promise<SignInRule> {
  const line = await listSuperiors(ctx, ctx.tenantId)
  const rows = await ctx.db
    .selectFrom('auth.sign_in_rule')
    .selectAll()
    .where('tenant_id', 'in', line.length > 0 ? line.map(({ id }) => id) : [ctx.tenantId])
    .where('valid_from', '<=', ctx.today)
    .orderBy('valid_from', 'desc')
    .execute()
  const row = line.toReversed().flatMap(({ id }) => rows.find(({ tenant_id }) => tenant_id === id) ?? [])[0]
  if (!row) return standard
  return {
    factorRoles: roles.filter((role) => row.factor_roles.includes(role)),
    passwordDays: row.password_days,
    sessions: row.sessions,
    validFrom: row.valid_from,
    source: row.source,
  }
}

export const SetSignInRule = z.object({
  validFrom: z.iso.date(),
  factorRoles: z.array(z.enum(roles)).max(20),
  passwordDays: z.int().min(1).max(3650).nullable(),
  sessions: z.int().min(1).max(50),
  source: z.string().trim().min(2).max(300),
})

/** The security administrator sets the rule of the own body and of all below that have none of their own. */
export async function setSignInRule(ctx: TenantContext, input: z.output<typeof SetSignInRule>): Promise<void> {
  requirePermission(ctx, 'role:grant')
  requireFreshProof(ctx)
  const before = await readSignInRule(ctx)
  const values = {
    factor_roles: [...input.factorRoles],
    password_days: input.passwordDays,
    sessions: input.sessions,
    source: input.source,
  }
  await ctx.db
    .insertInto('auth.sign_in_rule')
    .values({ tenant_id: ctx.tenantId, valid_from: input.validFrom, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'valid_from']).doUpdateSet(values))
    .execute()
  await recordAudit(ctx, {
    action: 'signInRule.set',
    objectKind: 'parameter',
    objectId: input.validFrom,
    before: { ...before, factorRoles: [...before.factorRoles] },
    after: { ...input },
  })
}

/**
 * Whether the account needs a second factor. The demonstration's accounts, which no production lets in, only when a rule names their
 * role.
 */
export function needsFactor(rule: SignInRule, account: { roles: readonly Role[]; isDemonstration: boolean }): boolean {
  return (
    account.roles.some((role) => rule.factorRoles.includes(role)) ||
    (!account.isDemonstration && account.roles.some(isAdministrator))
  )
}
