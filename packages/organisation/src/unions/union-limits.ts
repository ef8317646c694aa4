import { z } from 'zod'
import { defineLimit, type SizeTable } from '../limits.ts'
import { companionKinds } from '../codes/unions.ts'
export { companionKinds } from '../codes/unions.ts'

const count = z.int().min(0).max(2_000_000)
const rising = z
  .array(count)
  .min(1)
  .max(12)
  .refine((list) => list.every((one, index) => index === 0 || one > (list[index - 1] ?? 0)))
const years = z.array(z.int().min(1).max(10)).min(1).max(5)

export type CompanionKind = (typeof companionKinds)[number]

const sixBodies: CompanionKind[] = [
  'union_committee',
  'audit_committee',
  'women_committee',
  'staff_congress',
  'dispute_mediation',
  'labour_protection',
]

/** What differs by place about employers, unions and terms. */
export const unionLimits = {
  /** From how many members (people, where there are no members yet) on an employer must have a committee. */
  mustFoundFrom: defineLimit('organisation.must_found_from', count, 25, '《工会法》第十一条'),
  /** Lower bounds of the bands of headcount in which the gap is shown. */
  headcountBands: defineLimit('organisation.headcount_bands', rising, [25, 50, 100, 125, 200], '通行做法'),
  /** Working days in which an application is decided. */
  approvalDays: defineLimit('organisation.approval_working_days', z.int().min(1).max(250), 20, '通行做法'),
  /** Whether a township approves foundings in its register, entrusted by the county. */
  townshipFounds: defineLimit('organisation.township_founds', z.boolean(), false, '《工会法》第十二条'),
  /** Years of a term: of a basic union, of a federation. */
  termYears: defineLimit(
    'organisation.term_years',
    z.object({ basic: years, federation: years }),
    { basic: [3, 5], federation: [5] },
    '《工会法》第十六条',
  ),
  /** Days before the end of a term from which it is warned. */
  termWarningDays: defineLimit('organisation.term_warning_days', z.int().min(1).max(1000), 180, '通行做法'),
  /** Months in which the union of a restructured employer is rebuilt, as a new employer founds one. */
  rebuildMonths: defineLimit('organisation.rebuild_months', z.int().min(1).max(60), 6, '《上海市工会条例》'),
  /** The longest extension of a term. */
  extensionMonths: defineLimit('organisation.term_extension_months', z.int().min(1).max(60), 6, '通行做法'),
  /** Whether all bodies whose term runs are elected together. */
  jointElection: defineLimit('organisation.joint_election', z.boolean(), true, '通行做法'),
  /** How many percent more candidates than seats. */
  candidateSurplus: defineLimit(
    'organisation.candidate_surplus_percent',
    z.int().min(0).max(100),
    5,
    '《工会基层组织选举工作条例》',
  ),
  /** From how many members on representatives may meet instead of all. */
  representativesFrom: defineLimit('organisation.representatives_from', count, 100, '《基层工会会员代表大会条例》'),
  /** 六会同建: which bodies a union has here. */
  companions: defineLimit('organisation.companion_bodies', z.array(z.enum(companionKinds)), sixBodies, '通行做法'),
  /** Who a township federation is staffed with. */
  townshipStaff: defineLimit(
    'organisation.township_staff',
    z.object({ chairs: count, fullTimeVices: count, partTimeVices: count, institutionPosts: count }),
    { chairs: 1, fullTimeVices: 1, partTimeVices: 1, institutionPosts: 1 },
    '通行做法',
  ),
} as const

/** The line of a table that a number of members falls under. */
export function findSize(sizes: SizeTable, members: number): { from: number; to: number } {
  const line = sizes.find((one) => one.upTo === null || members <= one.upTo) ?? sizes.at(-1)
  return { from: line?.from ?? 0, to: line?.to ?? 0 }
}
