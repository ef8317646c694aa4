import {
  atWork,
  belowMe,
  findRow,
  int,
  isSystem,
  issued,
  ordinary,
  personal,
  tenant,
  writable,
  writableBody,
  type Look,
  type Row,
  type Rules,
} from '@gonglian/tenancy/isolation'

const name = (table: string) => `organisation.${table}`

/** The rule of those that have nothing of their own. What is kept ends with a day; only what is a draft of something is deleted. */
const kinds: readonly (readonly [Rules, readonly string[]])[] = [
  [undone(ordinary('add', 'change')), ['employer', 'trade_union', 'covered_unit', 'companion_body', 'term', 'officer']],
  [
    ordinary('add', 'change'),
    [
      'checklist_result',
      'appraisal',
      'election',
      'election_body',
      'election_candidate',
      'staff_quota',
      'training',
      'nursing_room',
      'screening',
      'employer_list',
      'list_row',
      'campaign',
      'lead',
      'joint_letter',
      'register',
      'association_member',
      'settlement',
      'demonstration_unit',
    ],
  ],
  [ordinary('add'), ['rate_snapshot', 'baseline', 'baseline_line', 'rights_training', 'women_activity', 'visit']],
  [personal('add', 'change', 'drop'), ['import_row', 'import_problem', 'founder']],
  [personal('add', 'drop'), ['import_faulty_row', 'import_item']],
  [undone(personal('add', 'change')), ['member', 'officer_person']],
  [personal('add', 'change'), ['card', 'card_series', 'export', 'import', 'import_title', 'screening_result']],
  [personal('add'), ['union_day', 'lookup']],
  // Printed and voided by functions only.
  [ordinary('add'), ['slip_order']],
  // A working group is its own body's; what has to hold of an appraisal its guard says.
  [personal('add', 'change'), ['group_member']],
  [issued('add', 'change'), ['checklist', 'rating_scheme']],
  [issued('add'), ['checklist_item', 'rating_item', 'rating_level']],
  // 14.2: ballots are read by nobody, and written by functions only.
  [{}, ['slip', 'sealed_ballot', 'ballot', 'waiting_ballot']],
]

/** Deleted by undoing the import that wrote it, and never else: no row that is planted here was written by one. */
function undone(rules: Rules): Rules {
  return { ...rules, drop: () => false }
}

const seeQuota = (row: Row, look: Look) =>
  belowMe(row, look) || (atWork(look) && row['receiver_id'] === look.me && row['state'] !== 'draft')
const isGrantor = (row: Row, look: Look) =>
  look.reach === 'business' && row['grantor_id'] === look.me && look.below.has(tenant(row))

/** Records of the organisation: unions, members, terms, ratings, officers, census. */
export const rules: Record<string, Rules> = {
  ...Object.fromEntries(kinds.flatMap(([rules, tables]) => tables.map((table) => [name(table), rules]))),
  // Of a single member the superior hears only that somebody was expelled (MEM-09).
  'organisation.step': {
    add: (row, look) => writable(row, look) && (row['owner_id'] === null || look.below.has(int(row, 'owner_id'))),
    // What a superior did to an own record is read, too.
    see: (row, look) =>
      writable(row, look) ||
      (row['owner_id'] !== null && writableBody(int(row, 'owner_id'), look)) ||
      (belowMe(row, look) &&
        (!['member', 'transfer'].includes(String(row['object_kind'])) ||
          (row['object_kind'] === 'member' && row['to_state'] === 'expelled'))),
  },
  // 14.2: rows of members cross to another body in a transfer, and to no third one. It moves by functions only.
  'organisation.transfer': {
    see: (row, look) => writableBody(int(row, 'from_tenant_id'), look) || writableBody(int(row, 'to_tenant_id'), look),
  },
  'organisation.congress': {
    ...ordinary('add', 'change'),
    see: (row, look, world) =>
      belowMe(row, look) ||
      (world.rows.get('organisation.delegate_quota') ?? []).some(
        (quota) => quota['congress_id'] === row['id'] && quota['receiver_id'] === look.me && seeQuota(quota, look),
      ),
  },
  'organisation.delegate_quota': {
    see: seeQuota,
    add: (row, look, world) =>
      writable(row, look) &&
      ['regional', 'line'].some((hierarchy) =>
        findRow(world, 'tenancy.closure', {
          hierarchy,
          ancestor_id: tenant(row),
          descendant_id: int(row, 'receiver_id'),
          depth: 1,
        }),
      ),
    // Whoever received it hands its election in, once.
    change: (row, look) =>
      writable(row, look) || (atWork(look) && row['receiver_id'] === look.me && row['state'] === 'issued'),
    drop: (row, look) => writable(row, look) && row['state'] === 'draft',
  },
  // Handed in for a quota of one's own.
  'organisation.delegate': {
    ...ordinary('add', 'drop'),
    add: (row, look, world) => {
      const quota = findRow(world, 'organisation.delegate_quota', { id: int(row, 'quota_id') })
      return writable(row, look) && quota !== undefined && quota['receiver_id'] === tenant(row) && seeQuota(quota, look)
    },
  },
  // The owner says what it is and what it plans; the grantor, above it, decides.
  'organisation.rating': {
    see: belowMe,
    add: writable,
    change: (row, look) => writable(row, look) || isGrantor(row, look),
    drop: (row, look) => writable(row, look) && row['state'] === 'planned',
  },
  // 14.2: sheets of an evaluation are their issuer's alone; only the grantor adds one to a rating.
  'organisation.rating_review': {
    ...personal('add', 'change'),
    add: (row, look, world) => {
      const rating = findRow(world, 'organisation.rating', { id: int(row, 'rating_id') })
      return (
        writable(row, look) && rating !== undefined && rating['grantor_id'] === tenant(row) && belowMe(rating, look)
      )
    },
  },
  'organisation.rating_appeal': {
    see: belowMe,
    add: (row, look) => writable(row, look) || isGrantor(row, look),
    change: (row, look) => isGrantor(row, look) || (isSystem(look) && belowMe(row, look)),
  },
  // Nobody gives itself what only a superior grants; what is below is the guard's business.
  'organisation.home_title': {
    see: belowMe,
    add: (row, look) => isGrantor(row, look) || (isSystem(look) && writable(row, look)),
    change: (row, look) => isGrantor(row, look) || (isSystem(look) && belowMe(row, look)),
  },
  'organisation.demo_point': {
    see: (row, look) => belowMe(row, look) || writableBody(int(row, 'owner_id'), look),
    add: (row, look) => writable(row, look) && look.below.has(int(row, 'owner_id')),
    change: writable,
  },
  // Who keeps the officer's record reads which trainings of others that officer went to.
  'organisation.attendance': {
    see: (row, look) => belowMe(row, look) || writableBody(int(row, 'owner_id'), look),
    add: (row, look) => writable(row, look) && look.below.has(int(row, 'owner_id')),
    drop: writable,
  },
}
