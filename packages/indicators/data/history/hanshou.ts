import { atLeast, exact, ofBody, over } from './fact.ts'

export const hanshou = [
  ...ofBody('430722', [
    exact('F052', '2011', 'grassroots_union_count', 369),
    over('F053', '2011', 'member_count', 38_000),
    exact('F054', '2010', 'gdp', 1_165_000_000_000, { periodNote: '“十一五”末' }),
    exact('F055', '2015', 'development_zone_target', 1_000_000_000_000, {
      part: ['目标', 'target'],
      periodNote: '2011—2015年',
    }),
    atLeast('F056', '2011', 'gov_union_joint_meeting_per_year', 1, { part: ['目标', 'target'] }),
  ]),
]
