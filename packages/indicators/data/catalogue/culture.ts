import { flow, inDomain, stock } from './entry.ts'

export const culture = inDomain('culture_education', [
  flow(
    'activity_participant_times',
    '人次',
    '文体活动参与人次',
    'Activity person-times',
    '本期参加工会文体活动的人次。',
    'Person-times in cultural and sports activities of unions in the period.',
    { by: ['activity_kind'] },
  ),
  stock(
    'facility_count',
    '个',
    '职工文化阵地数',
    'Facilities',
    '期末工会开办的文化宫、俱乐部等职工文化阵地。',
    'Palaces of culture, clubs and other facilities of unions at period end.',
    { by: ['facility_kind', 'level'] },
  ),
  stock(
    'reading_room_count',
    '个',
    '职工书屋数',
    'Reading rooms',
    '期末职工书屋。',
    'Reading rooms for workers at period end.',
    { by: ['level'] },
  ),
  stock(
    'outdoor_station_count',
    '个',
    '户外劳动者服务站点数',
    'Outdoor worker stations',
    '期末户外劳动者服务站点。',
    'Service stations for outdoor workers at period end.',
  ),
])
