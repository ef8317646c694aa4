import { makeStandingSchedule } from '@gonglian/targets'
import { seasons } from './figures.ts'

export type DemoTarget = {
  readonly aspect: string
  readonly indicatorCode: string
  readonly method: 'sum' | 'floor' | 'each'
  /** Rates in hundredths of a percent; sums come from what the bodies of the demonstration would do in a usual year. */
  readonly rate?: number
  readonly season?: readonly number[]
  readonly weight: number
  readonly accountable: string
  readonly note: string
}

/** Cumulative shares of the year in hundredths of a percent, by the weight of each month. */
export function spreadSeason(season: readonly number[]): number[] {
  const whole = season.reduce((sum, weight) => sum + weight, 0)
  let reached = 0
  return season.map((weight, month) => {
    reached += weight
    return month === 11 ? 10_000 : Math.round((reached / whole) * 10_000)
  })
}

export const standing = [...makeStandingSchedule()]

/** The province's plan of the year: twelve items of all three methods, under the aspects of a work plan. */
export const provincePlan: readonly DemoTarget[] = [
  {
    aspect: '组织建设',
    indicatorCode: 'new_member_count',
    method: 'sum',
    season: seasons.sprint,
    weight: 1200,
    accountable: '组织部',
    note: '5月、9月为突击月',
  },
  {
    aspect: '组织建设',
    indicatorCode: 'new_union_count',
    method: 'sum',
    season: seasons.sprint,
    weight: 1000,
    accountable: '组织部',
    note: '',
  },
  {
    aspect: '组织建设',
    indicatorCode: 'membership_rate',
    method: 'floor',
    rate: 8300,
    weight: 1000,
    accountable: '组织部',
    note: '各地不低于上级指标',
  },
  {
    aspect: '权益维护',
    indicatorCode: 'wage_negotiation_rate',
    method: 'floor',
    rate: 8000,
    weight: 1000,
    accountable: '权益保障部',
    note: '分母为已建会企业',
  },
  {
    aspect: '权益维护',
    indicatorCode: 'offer_sent_count',
    method: 'sum',
    season: seasons.spring,
    weight: 600,
    accountable: '权益保障部',
    note: '春季要约行动',
  },
  {
    aspect: '权益维护',
    indicatorCode: 'rights_case_close_rate',
    method: 'each',
    rate: 9500,
    weight: 800,
    accountable: '法律工作部',
    note: '各地统一指标',
  },
  {
    aspect: '帮扶服务',
    indicatorCode: 'warmth_households_visited',
    method: 'sum',
    season: seasons.winter,
    weight: 800,
    accountable: '帮扶中心',
    note: '两节送温暖',
  },
  {
    aspect: '帮扶服务',
    indicatorCode: 'aid_household_times',
    method: 'sum',
    season: seasons.winter,
    weight: 600,
    accountable: '帮扶中心',
    note: '',
  },
  {
    aspect: '帮扶服务',
    indicatorCode: 'aid_paid_amount',
    method: 'sum',
    season: seasons.winter,
    weight: 600,
    accountable: '帮扶中心',
    note: '',
  },
  {
    aspect: '劳动竞赛',
    indicatorCode: 'skill_contest_participants',
    method: 'sum',
    season: seasons.spring,
    weight: 900,
    accountable: '劳动和经济工作部',
    note: '',
  },
  {
    aspect: '劳动竞赛',
    indicatorCode: 'suggestion_submitted',
    method: 'sum',
    season: seasons.spring,
    weight: 700,
    accountable: '劳动和经济工作部',
    note: '4月为合理化建议活动月',
  },
  {
    aspect: '劳动竞赛',
    indicatorCode: 'suggestion_adoption_rate',
    method: 'each',
    rate: 4500,
    weight: 800,
    accountable: '劳动和经济工作部',
    note: '',
  },
]

/** The nation's plan, handed to the provinces. */
export const nationalPlan: readonly DemoTarget[] = provincePlan.filter((target) =>
  [
    'new_member_count',
    'membership_rate',
    'wage_negotiation_rate',
    'warmth_households_visited',
    'skill_contest_participants',
  ].includes(target.indicatorCode),
)
