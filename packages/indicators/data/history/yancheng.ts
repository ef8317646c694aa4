import { about, atLeast, exact, ofBody, over, range } from './fact.ts'

export const yancheng = [
  ...ofBody('320924', [
    exact('F030', '2014', 'safety_contract_signing_rate', 10_000, { part: ['目标', 'target'] }),
    atLeast('F031', '2014', 'harmony_participation_rate', 9_000, { part: ['目标', 'target'] }),
    exact('F032', '2014', 'new_industry_wage_negotiations', 2, { part: ['目标', 'target'] }),
    exact('F033', '2014', 'hand_in_hand_files', 100),
    over('F034', '2014', 'startup_loan_amount', 5_000_000_000, { part: ['目标', 'target'] }),
    exact('F038', '2014-H2', 'three_double_sprint_years', 5, { part: ['目标', 'target'] }),
    atLeast('F039', '2014-H2', 'model_home_min_stars', 3, { part: ['目标', 'target'] }),
    exact('F040', '2014-H2', 'home_max_stars', 5),
    about('F042', '2014-Q2', 'unionisation_sprint_months', 2, { periodNote: '2014年5月至6月' }),
    exact('F043', '2014-06', 'units_target_complete', 4, { note: '按原文列举计数' }),
    exact('F044', '2014-06', 'units_target_partial', 2, { note: '按原文列举计数' }),
    atLeast('F045', '2014-H2', 'unionisation_focus_min_headcount', 50, { part: ['目标', 'target'] }),
    range('F046', '2014-H2', 'wage_negotiation_cases_per_unit', 1, 2, {
      part: ['目标：各工委、工会', 'target: work committees and unions'],
    }),
    exact('F047', '2014-08', 'wage_negotiation_rate', 10_000, {
      part: ['目标：已单独建会、新建会企业', 'target: enterprises with an own or new union'],
      note: '期限为 2014 年 8 月 31 日',
    }),
    exact('F048', '2014', 'offer_month_count', 2, { part: ['目标', 'target'], note: '7 月和 8 月' }),
    exact('F050', '2014-07', 'home_visit_round', 2, { part: ['目标', 'target'] }),
    atLeast('F051', '2014-H2', 'tuition_aid_min_tier', 2, { part: ['目标', 'target'] }),
    exact('F332', '2014-H2', 'annual_programme_count', 4, { part: ['目标', 'target'] }),
  ]),
  ...ofBody('3209', [
    exact('F035', '2016', 'home_campaign_years', 3, { part: ['目标', 'target'], periodNote: '2014—2016年' }),
    atLeast('F036', '2016', 'qualified_home_rate', 9_000, { part: ['目标', 'target'], periodNote: '2014—2016年' }),
    atLeast('F037', '2016', 'model_home_rate', 3_000, { part: ['目标', 'target'], periodNote: '2014—2016年' }),
  ]),
]
