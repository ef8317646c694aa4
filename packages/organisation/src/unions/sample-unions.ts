import { withTenant, type Deps, type Role, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { z } from 'zod'
import { ApplyUnion, DecideUnion, applyUnion, decideUnion } from './applications.ts'
import { findCreditCheck } from '../numbers/credit-codes.ts'
import { RegisterEmployer, registerEmployer } from '../census/employers.ts'
import { FoundUnion, foundUnion } from './foundings.ts'
import { DraftUnion, draftUnion } from './union-drafts.ts'

/** The credit code of an invented enterprise, another for each number. */
export function aCreditCode(number: number): string {
  const digits = `91513221MA${String(number).padStart(7, '0')}`
  return digits + findCreditCheck(digits)
}

/** Acts of the two who found unions in a body: the officer proposes, the leader decides. */
export function anOffice(deps: Deps, tenantId: number) {
  const person = (role: Role, accountId: number): UserActor => ({
    kind: 'user',
    accountId,
    username: `${role}-${tenantId}`,
    displayName: '测试员',
    tenantId,
    roles: [role],
    locale: 'zh-CN',
    isProved: true,
    requestId: 'test',
    address: '127.0.0.1',
  })
  const officer = person('officer', 1)
  const leader = person('leader', 2)
  return {
    officer: <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, officer, work),
    leader: <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, leader, work),
  }
}
export type Office = ReturnType<typeof anOffice>

/** An employer of the body's register, with a hundred people unless told otherwise. */
export async function anEmployer(
  office: Office,
  name: string,
  more: Partial<z.input<typeof RegisterEmployer>> = {},
): Promise<{ employerId: number; version: number }> {
  return office.officer((ctx) => registerEmployer(ctx, RegisterEmployer.parse({ name, headcount: 100, ...more })))
}

export const papers = { form: true, memberList: true, candidateList: true }

/** A slate that every rule passes: 90 members, three seats, four candidates, three of them elected. */
export function aCongress(
  bodies: readonly ('union_committee' | 'audit_committee' | 'women_committee')[] = ['union_committee'],
): NonNullable<z.input<typeof FoundUnion>['congress']> {
  return {
    memberCount: 90,
    electorate: 'members',
    eligible: 90,
    present: 80,
    termYears: 5,
    bodies: bodies.map((body) => ({
      body,
      seats: 3,
      candidates: ['甲', '乙', '丙', '丁'].map((name, index) => ({
        name: `候选人${name}`,
        isNearRelative: false,
        votes: index < 3 ? 70 - index : 20,
      })),
    })),
  }
}

export async function anApplication(
  office: Office,
  draft: z.input<typeof DraftUnion>,
  on = '2026-03-02',
): Promise<{ unionId: number; version: number }> {
  return office.officer(async (ctx) => {
    const { unionId, version } = await draftUnion(ctx, DraftUnion.parse(draft))
    const applied = await applyUnion(
      ctx,
      ApplyUnion.parse({
        unionId,
        version,
        on,
        members: draft.kind === 'ORGANISER_ONLY' ? 12 : 90,
        papers,
        candidates: [{ name: '候选人甲', isNearRelative: false }],
      }),
    )
    return { unionId, version: applied.version }
  })
}

/** A union that went the whole way: drafted, applied for, approved, founded. */
export async function aFoundedUnion(
  office: Office,
  draft: z.input<typeof DraftUnion>,
  options: { foundedOn?: string; bodies?: Parameters<typeof aCongress>[0] } = {},
): Promise<{ unionId: number; version: number; code: string }> {
  const on = options.foundedOn ?? '2026-03-10'
  const applied = await anApplication(office, draft, on)
  const approved = await office.leader((ctx) =>
    decideUnion(ctx, DecideUnion.parse({ ...applied, on, decision: { kind: 'approve', approvalNo: '工批1号' } })),
  )
  const founded = await office.officer((ctx) =>
    foundUnion(
      ctx,
      FoundUnion.parse({
        unionId: applied.unionId,
        version: approved.version,
        on,
        congress: draft.kind === 'WORK_COMMITTEE' ? null : aCongress(options.bodies),
      }),
    ),
  )
  return { unionId: applied.unionId, version: founded.version, code: approved.code ?? '' }
}
