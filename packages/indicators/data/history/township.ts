import { exact, ofBody, over } from './fact.ts'

export const township = [
  ...ofBody('XIANG', [
    exact('F016', '2009', 'party_union_meeting_per_year', 2),
    exact('F017', '2009', 'unionised_enterprise_count', 6),
    exact('F018', '2009', 'collective_contract_enterprises', 6),
    exact('F019', '2009', 'wage_contract_enterprises', 6),
    exact('F020', '2009', 'women_special_contract_enterprises', 6),
    over('F021', '2009', 'collective_contract_covered_workers', 360),
    exact('F022', '2009-11', 'grassroots_union_count', 7),
    exact('F023', '2009-11', 'covered_unit_count', 17),
    exact('F024', '2009', 'committee_member_count', 7),
    exact('F025', '2009', 'linked_union_count', 10, { note: '多于本乡工会数（7 个）' }),
    exact('F026', '2009', 'warmth_fund_raised', 560_000),
    exact('F027', '2009', 'warmth_households_visited', 26),
    exact('F028', '2009', 'tuition_aid_students', 4),
    over('F029', '2009', 'training_person_times', 350, { part: ['法律和技术培训', 'law and skill training'] }),
  ]),
]
