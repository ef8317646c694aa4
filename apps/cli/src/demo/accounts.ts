import { addDemonstrationAccounts, type NewAccount } from '@gonglian/auth'
import { roles, systemActor, withTenant, type Deps, type Role } from '@gonglian/tenancy'
import { townRegister } from './county.ts'
import type { DemoBody } from './tree.ts'

export const demonstrationPassword = 'Demo-5132-Wenchuan'

export const offeredAccounts: readonly (readonly [string, string])[] = [
  ['51-leader', '四川省总工会 领导 (province leader)'],
  ['5132-officer', '阿坝州总工会 经办 (city officer)'],
  ['513221-reviewer', '汶川县总工会 审核 (county reviewer)'],
  ['513221100-officer', '威州镇总工会 经办 (township officer)'],
  ['51-auditor', '四川省总工会 经审 (auditor)'],
  ['51-sysadmin', '四川省总工会 系统管理员 (system administrator)'],
  ['51-secadmin', '四川省总工会 安全管理员 (security administrator)'],
  ['51-auditadmin', '四川省总工会 审计管理员 (audit administrator)'],
  ['00-leader', '中华全国总工会 领导 (national leader)'],
]

const titles: Readonly<Record<Role, string>> = {
  leader: '主席',
  officer: '经办员',
  reviewer: '审核员',
  finance: '财务',
  auditor: '经审员',
  sysadmin: '系统管理员',
  secadmin: '安全管理员',
  auditadmin: '审计管理员',
}
const everywhere: readonly Role[] = ['leader', 'officer']
/** The township with a register of its own has three for the working groups of its appraisals. */
const inTowns = (code: string) => (code === townRegister.code ? [...everywhere, 'reviewer' as const] : everywhere)

/** One account for each role of each open body: CODE-ROLE. Nobody's name: they are called by body and post. */
export async function loadAccounts(deps: Deps, bodies: readonly DemoBody[], root: number): Promise<number> {
  const accounts = bodies
    .filter((body) => body.isOpen)
    .flatMap((body) =>
      (body.level === 'township' ? inTowns(body.code) : roles).map((role): NewAccount => ({
        tenantId: body.id,
        username: `${body.code.toLowerCase()}-${role}`,
        displayName: `${body.shortName} ${titles[role]}`.slice(0, 60),
        roles: [role],
      })),
    )
  return withTenant(
    deps,
    systemActor('demonstration', root),
    async (ctx) => (await addDemonstrationAccounts(ctx, accounts, demonstrationPassword)).length,
  )
}
