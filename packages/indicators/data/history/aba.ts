import { atLeast, exact, ofBody } from './fact.ts'

export const aba = [
  ...ofBody('5132', [
    exact('F001', '2006', 'learning_campaign_enterprises', 156),
    exact('F002', '2006', 'learning_campaign_person_times', 2_110),
    exact('F003', '2006', 'innovation_economic_benefit', 280_000_000, { part: ['“创争”活动', 'learning campaign'] }),
    exact('F004', '2006', 'skill_drill_units', 156, { note: '与“创争”活动企业数同为 156，可能重复使用' }),
    exact('F005', '2006', 'post_drill_workers', 4_800),
    exact('F006', '2006', 'skill_contest_person_times', 2_270),
    exact('F007', '2006', 'grassroots_union_count', 1_234, { periodNote: '年末' }),
    exact('F008', '2006', 'member_count', 60_521, { periodNote: '年末' }),
    exact('F009', '2006', 'migrant_member_count', 5_528, { periodNote: '年末' }),
    exact('F010', '2006', 'nonpublic_unionisation_rate', 9_000, { periodNote: '年末', note: '原文缺百分号' }),
    exact('F011', '2006', 'township_union_coverage_rate', 10_000, { periodNote: '年末', note: '原文为文字表述' }),
    exact('F012', '2006', 'new_union_count', 129),
    exact('F013', '2006', 'new_member_count', 4_953),
    atLeast('F014', '2006', 'migrant_rights_training_per_year', 1, {
      part: ['目标：各乡镇工会', 'target: township unions'],
    }),
    exact('F015', '2006', 'village_union_target_per_county', 2, {
      part: ['目标：各县总工会', 'target: county federations'],
    }),
  ]),
]
