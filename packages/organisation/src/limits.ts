import { defineLimit } from '@gonglian/indicators'
import { z } from 'zod'
import { ownerships } from './codes/unions.ts'
export { defineLimit, readLimit, setLimit } from '@gonglian/indicators'

const Percent = z.int().min(0).max(100)
const Count = z.int().min(1).max(1_000_000)

/** Rows "up to so many members: from .. to ..", ascending; the last holds for all above. */
export const SizeTable = z
  .array(z.object({ upTo: Count.nullable(), from: Count, to: Count }))
  .min(1)
  .max(40)
export type SizeTable = z.output<typeof SizeTable>

export const RankRule = z.object({
  /** Level of the body; null: a union of an employer. */
  level: z.enum(['national', 'province', 'city', 'county', 'township']).nullable(),
  ownership: z.enum(ownerships).optional(),
  post: z.enum(['chair', 'vice_chair']),
  ranks: z.array(z.string().max(40)).min(1),
})
export type RankRule = z.output<typeof RankRule>

const sizes = (...rows: [upTo: number | null, from: number, to: number][]): SizeTable =>
  rows.map(([upTo, from, to]) => ({ upTo, from, to }))

export const limits = {
  womenCommitteeFrom: defineLimit('women.committee_from', Count, 25, '《工会法》第十一条'),
  vacancyMonths: defineLimit('cadre.vacancy_months', z.int().min(1).max(60), 3, '《重庆市工会条例》'),
  fullTimeChairFrom: defineLimit('cadre.full_time_from', Count, 200, '《工会法》第十四条'),
  staffPerMille: defineLimit('cadre.staff_per_mille', z.int().min(1).max(1000), 3, '各地配备标准'),
  paidDays: defineLimit('cadre.paid_days', z.int().min(0).max(31), 3, '《工会法》第四十一条'),
  committeeSizes: defineLimit(
    'cadre.committee_sizes',
    SizeTable,
    sizes([24, 1, 5], [200, 3, 7], [1000, 7, 15], [5000, 15, 21], [10_000, 21, 29], [50_000, 29, 37], [null, 37, 45]),
    '《工会基层组织选举工作条例》',
  ),
  congressSizes: defineLimit(
    'cadre.congress_sizes',
    SizeTable,
    sizes([200, 30, 40], [1000, 40, 60], [5000, 60, 90], [10_000, 90, 130], [50_000, 130, 180], [null, 180, 240]),
    '《基层工会会员代表大会条例》',
  ),
  ranks: defineLimit(
    'cadre.ranks',
    z.array(RankRule).max(100),
    [
      { level: 'township', post: 'chair', ranks: ['township_deputy', 'township'] },
      {
        level: null,
        ownership: 'private',
        post: 'chair',
        ranks: ['enterprise_deputy', 'enterprise'],
      },
    ],
    '通行做法',
  ),
  trainingMonths: defineLimit('cadre.training_months', z.int().min(1).max(60), 12, '通行做法'),
  participation: defineLimit('appraisal.participation_percent', Percent.min(1), 30, '通行做法'),
  frontLine: defineLimit('appraisal.front_line_percent', Percent, 60, '通行做法'),
  workingGroup: defineLimit(
    'appraisal.working_group',
    z.object({ from: Count, to: Count }),
    { from: 3, to: 7 },
    '通行做法',
  ),
  /** Fewer ballots than these would tell who voted how. */
  smallestAppraisal: defineLimit('appraisal.smallest', Count, 5, '《个人信息保护法》'),
} as const
