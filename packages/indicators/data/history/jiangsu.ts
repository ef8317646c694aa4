import { about, atLeast, exact, ofBody, over, range } from './fact.ts'

export const jiangsu = [
  ...ofBody('EDU', [
    atLeast('F105', '2013', 'four_have_min_staff', 50, { part: ['目标', 'target'] }),
    exact('F106', '2013', 'books_per_teacher', 1, { part: ['目标', 'target'] }),
    exact('F107', '2013', 'book_reports_per_teacher', 1, { part: ['目标', 'target'] }),
    exact('F108', '2013', 'staff_congress_ordinal', 7),
  ]),
  ...ofBody('3202', [
    exact('F109', '2015', 'plan_aspects', 6, { periodNote: '2011—2015年' }),
    over('F110', '2015', 'plan_target_items', 20, { periodNote: '2011—2015年' }),
    exact('F111', '2015', 'offer_campaign_months', 2, {
      part: ['目标', 'target'],
      periodNote: '2011—2015年',
      note: '3 月和 8 月',
    }),
    exact('F112', '2011', 'wage_negotiation_rate', 9_600),
    atLeast('F113', '2015', 'wage_negotiation_rate', 9_800, { part: ['目标', 'target'] }),
    exact('F114', '2015', 'mutual_aid_insured_person_times', 600_000, { part: ['目标', 'target'] }),
  ]),
  ...ofBody('SZCITY', [
    range('F115', '2014', 'culture_centre_investment', 30_000_000_000, 50_000_000_000, {
      part: ['目标', 'target'],
      periodNote: '2012—2014年',
    }),
    about('F116', '2014', 'culture_centre_years', 3, { part: ['目标', 'target'], periodNote: '2012—2014年' }),
    about('F117', '2014', 'culture_centre_area', 60_000, { part: ['目标', 'target'], periodNote: '2012—2014年' }),
    exact('F118', '2012', 'culture_985_functions', 9, { part: ['目标', 'target'] }),
    exact('F119', '2012', 'culture_985_supports', 8, { part: ['目标', 'target'] }),
    exact('F120', '2012', 'culture_985_into_enterprises', 5, { part: ['目标', 'target'] }),
    exact('F121', '2012', 'annual_learning_organisations', 10, { part: ['目标', 'target'] }),
    exact('F122', '2012', 'annual_knowledge_workers', 100, { part: ['目标', 'target'] }),
    exact('F123', '2012', 'annual_civilised_workers', 1_000, { part: ['目标', 'target'] }),
    exact('F124', '2012', 'negotiator_trainees_per_year', 2_000, { part: ['目标', 'target'] }),
    exact('F125', '2012', 'harmony_participation_rate', 10_000, { part: ['目标', 'target'] }),
    exact('F126', '2012', 'offer_coverage_rate', 10_000, { part: ['目标', 'target'] }),
    atLeast('F127', '2012', 'unionisation_focus_min_headcount', 125, { part: ['目标', 'target'] }),
    exact('F128', '2012', 'cadre_code_items', 10),
  ]),
]
