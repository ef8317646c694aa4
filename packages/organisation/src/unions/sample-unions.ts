import { withTenant, type Deps, type Role, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { z } from 'zod'
import { approveInHouse } from '../approvals/sample-approvals.ts'
import { ApplyUnion, applyUnion } from './applications.ts'
import { findCreditCheck } from '../numbers/credit-codes.ts'
import { RegisterEmployer, registerEmployer } from '../census/employers.ts'
import { FoundUnion, foundUnion } from './foundings.ts'
import { DraftUnion, draftUnion } from './union-drafts.ts'
import { getUnion } from './unions.ts'

/** The credit code of an invented enterprise, another for each number. */
export function aCreditCode(number: number): string {
  const digits = `91513221MA${String(number).padStart(7, '0')}`
  return digits + findCreditCheck(digits)
}

export type Office = {
  readonly officer: <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T>
  readonly leader: <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T>
  /** The same two on another day. */
  readonly on: (day: string) => Office
}

/** Acts of the two who found unions in a body: the officer proposes, the leader decides. */
export function anOffice(deps: Deps, tenantId: number): Office {
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
    officer: (work) => withTenant(deps, officer, work),
    leader: (work) => withTenant(deps, leader, work),
    on: (day) => anOffice({ ...deps, clock: () => new Date(`${day}T10:00:00+08:00`) }, tenantId),
  }
}

/** An employer of the body's register, with a hundred people unless told otherwise. */
export async function anEmployer(
  office: Office,
  name: string,
  more: Partial<z.input<typeof RegisterEmployer>> = {},
): Promise<{ employerId: number; version: number }> {
  return office.officer((ctx) => registerEmployer(ctx, RegisterEmployer.parse({ name, headcount: 100, ...more })))
}

export const papers = { form: true, memberList: true, candidateList: true }

type Body = 'union_committee' | 'audit_committee' | 'women_committee'

/** Who stands at a founding, as every rule passes it: three seats, four candidates; the members meet themselves. */
export function aSlate(
  bodies: readonly Body[] = ['union_committee'],
  members = 90,
): NonNullable<z.input<typeof ApplyUnion>['congress']> {
  return {
    electorate: 'members',
    eligible: members,
    termYears: 5,
    bodies: bodies.map((body) => ({
      body,
      seats: 3,
      candidates: ['甲', '乙', '丙', '丁'].map((name) => ({ name: `候选人${name}`, isNearRelative: false })),
    })),
  }
}

/** What the founding congress of that slate counted: three of four elected. */
export function aCongress(
  bodies: readonly Body[] = ['union_committee'],
  { present = 80, votes = [70, 69, 68, 20] }: { present?: number; votes?: readonly number[] } = {},
): NonNullable<z.input<typeof FoundUnion>['congress']> {
  return {
    present,
    votes: bodies.flatMap((body) =>
      ['甲', '乙', '丙', '丁'].map((name, index) => ({ body, name: `候选人${name}`, votes: votes[index] ?? 0 })),
    ),
  }
}

type Applied = { unionId: number; version: number; applicationId: number }

/** Applies for a draft of the own register. */
export async function anAppliedDraft(
  office: Office,
  draft: { readonly unionId: number; readonly version: number },
  more: Partial<z.input<typeof ApplyUnion>> = {},
): Promise<Applied> {
  const { version, applicationId } = await office.officer((ctx) =>
    applyUnion(ctx, ApplyUnion.parse({ ...draft, members: 90, papers, congress: aSlate(), ...more })),
  )
  return { unionId: draft.unionId, version, applicationId }
}

export async function anApplication(
  office: Office,
  draft: z.input<typeof DraftUnion>,
  on = '2026-03-02',
  bodies?: readonly Body[],
): Promise<Applied> {
  const there = office.on(on)
  const drafted = await there.officer((ctx) => draftUnion(ctx, DraftUnion.parse(draft)))
  const members = draft.kind === 'ORGANISER_ONLY' ? 12 : 90
  const congress = draft.kind === 'WORK_COMMITTEE' ? null : aSlate(bodies, members)
  return anAppliedDraft(there, drafted, { members, congress })
}

/** The leader of the own body approves what was applied for in its register. */
export async function approveOwn(
  office: Office,
  applied: Applied,
  on = '2026-03-02',
): Promise<{ unionId: number; version: number; code: string; approvalNo: string }> {
  const { applicationId, unionId } = applied
  await approveInHouse(office.on(on), applicationId)
  const { union } = await office.officer((ctx) => getUnion(ctx, unionId))
  return { unionId, version: union.version, code: union.code ?? '', approvalNo: union.approval_no }
}

/** A union that went the whole way: drafted, applied for, approved, founded. */
export async function aFoundedUnion(
  office: Office,
  draft: z.input<typeof DraftUnion>,
  options: { foundedOn?: string; bodies?: readonly Body[] } = {},
): Promise<{ unionId: number; version: number; code: string }> {
  const on = options.foundedOn ?? '2026-03-10'
  const { unionId, version, code } = await approveOwn(
    office,
    await anApplication(office, draft, on, options.bodies),
    on,
  )
  const isDispatched = draft.kind === 'WORK_COMMITTEE'
  const present = draft.kind === 'ORGANISER_ONLY' ? { present: 12, votes: [11, 10, 9, 1] } : {}
  const congress = isDispatched ? null : aCongress(options.bodies, present)
  const founded = await office
    .on(on)
    .officer((ctx) => foundUnion(ctx, FoundUnion.parse({ unionId, version, on, congress })))
  return { unionId, version: founded.version, code }
}
