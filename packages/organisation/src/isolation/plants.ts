import {
  int,
  pick,
  plantSimply,
  rowOf,
  type Plant,
  type Row,
  type SimplePlant,
  type World,
} from '@gonglian/tenancy/isolation'

const moment = '2026-01-01T00:00:00Z'
const later = '2027-01-01'
const bytes = (length: number, number: number) => `\\x${number.toString(16).padStart(2 * length, '0')}`
const uuid = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`

/** What rows of a table need besides their own number and their body; those not named need nothing. */
const simple: Record<string, SimplePlant> = {
  employer: {},
  trade_union: { numbered: ['name_key'] },
  covered_unit: { numbered: ['union_id', 'employer_id'] },
  companion_body: { numbered: ['union_id'] },
  member: {},
  card: { numbered: ['card_no'] },
  card_series: {},
  rights_training: {},
  import: {},
  import_row: { numbered: ['import_id'] },
  import_problem: { numbered: ['import_id'] },
  import_faulty_row: { numbered: ['import_id'] },
  import_item: { numbered: ['import_id'] },
  import_title: { numbered: ['title_key'] },
  officer_person: { numbered: ['officer_id'] },
  export: { numbered: ['number'] },
  term: { numbered: ['union_id'], more: { ends_on: later } },
  congress: { numbered: ['union_id'] },
  election: { numbered: ['union_id'] },
  election_body: { numbered: ['election_id'] },
  election_candidate: { numbered: ['election_body_id'] },
  checklist_item: { numbered: ['checklist_id'] },
  checklist_result: { numbered: ['union_id'] },
  rate_snapshot: {},
  rating_item: { numbered: ['scheme_id'] },
  rating_level: { numbered: ['scheme_id'] },
  rating_appeal: { other: 'grantor_id', more: { reason: 'doubt' } },
  home_title: { numbered: ['scheme_id'], other: 'grantor_id', more: { valid_to: later } },
  baseline: {},
  baseline_line: { numbered: ['baseline_id'] },
  demo_point: { numbered: ['union_id'], other: 'owner_id' },
  appraisal: { numbered: ['union_id'], more: { year: 2026 } },
  staff_quota: {},
  officer: { numbered: ['union_id'] },
  union_day: { numbered: ['officer_id'] },
  training: {},
  attendance: { numbered: ['training_id'], other: 'owner_id' },
  women_activity: {},
  nursing_room: {},
  screening: {},
  screening_result: {},
  employer_list: { numbered: ['list_version'] },
  list_row: { numbered: ['list_id'] },
  campaign: { numbered: ['name'] },
  lead: { numbered: ['employer_id'] },
  founder: { numbered: ['lead_id'] },
  visit: { more: { employer_id: 1 } },
  joint_letter: { numbered: ['letter_no'] },
  register: {},
  association_member: { numbered: ['association_id'] },
  settlement: { numbered: ['union_id'] },
  demonstration_unit: { numbered: ['union_id'] },
}

/** The columns by which a row is known again, where that is not its number. */
export const keys: Record<string, string[]> = {
  'organisation.card': ['card_no'],
  'organisation.card_series': ['tenant_id'],
  'organisation.import_row': ['import_id'],
  'organisation.import_problem': ['import_id'],
  'organisation.import_faulty_row': ['import_id'],
  'organisation.import_item': ['import_id'],
  'organisation.import_title': ['title_key'],
  'organisation.rating_item': ['scheme_id'],
  'organisation.rating_level': ['scheme_id'],
  'organisation.baseline_line': ['baseline_id'],
  'organisation.union_day': ['officer_id'],
  'organisation.attendance': ['training_id'],
  'organisation.register': ['tenant_id'],
  'organisation.slip': ['print'],
  'organisation.slip_order': ['appraisal_id'],
  'organisation.group_member': ['appraisal_id'],
}

/** One of the rows of a table in which a body has its part by this column. */
function partOf(world: World, table: string, column: string, body: number): Row {
  const rows = (world.rows.get(table) ?? []).filter((row) => row[column] === body)
  return pick([rows[0] ?? {}, ...rows], world.next())
}

/** In the order in which they refer to each other. */
export const plants: Record<string, Plant> = {
  ...Object.fromEntries(
    Object.entries(simple).map(([table, needs]) => [
      `organisation.${table}`,
      plantSimply(needs, keys[`organisation.${table}`]),
    ]),
  ),
  'organisation.step': (world, tenant_id, otherId) => {
    const id = world.next()
    return {
      id,
      tenant_id,
      owner_id: otherId === tenant_id ? null : pick([null, otherId], id >> 2),
      object_kind: pick(['union', 'member', 'transfer', 'member'], id),
      to_state: pick(['active', 'expelled', 'accepted'], id),
    }
  },
  'organisation.transfer': (world, from_tenant_id, to_tenant_id) => {
    const id = world.next()
    return { id, from_tenant_id, to_tenant_id, member_id: id }
  },
  'organisation.delegate_quota': (world, tenant_id, receiver_id) => {
    const id = world.next()
    const congress_id = int(rowOf(world, 'organisation.congress', tenant_id, id), 'id')
    return { id, congress_id, tenant_id, receiver_id, state: pick(['draft', 'issued', 'reported'], id) }
  },
  'organisation.delegate': (world, tenant_id, other) => {
    const id = world.next()
    const quota = partOf(world, 'organisation.delegate_quota', 'receiver_id', pick([tenant_id, other], id))
    return { id, quota_id: int(quota, 'id'), tenant_id, name: id }
  },
  'organisation.checklist': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, code: `list_${id}` }
  },
  'organisation.rating_scheme': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, code: `scheme_${id}`, min_reviewers: 3 }
  },
  'organisation.rating': (world, tenant_id, grantor_id) => {
    const id = world.next()
    const state = pick(['planned', 'self_assessed'], id)
    return { id, tenant_id, grantor_id, scheme_id: id, year: 2026, state }
  },
  'organisation.rating_review': (world, tenant_id, other) => {
    const id = world.next()
    const rating = partOf(world, 'organisation.rating', 'grantor_id', pick([tenant_id, other], id))
    return { id, tenant_id, rating_id: int(rating, 'id'), reviewer: id }
  },
  'organisation.slip': (world) => ({ print: bytes(16, world.next()), group_key: bytes(32, 1) }),
  'organisation.sealed_ballot': (world) => {
    const id = world.next()
    return { id: uuid(id), sealed: bytes(97, id) }
  },
  'organisation.ballot': (world) => ({ id: uuid(world.next()) }),
  'organisation.lookup': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, kind: pick(['search', 'enrolment', 'union'], id), actor: 'x', at: moment }
  },
  // Whoever orders says these columns and no others; the time is the owner's, who plants before there is any ballot.
  'organisation.slip_order': (world, tenant_id) => ({
    tenant_id,
    appraisal_id: world.next(),
    slips: 1,
    ordered_by: 'x',
    ...(world.rows.has('organisation.waiting_ballot') ? {} : { ordered_at: moment }),
  }),
  'organisation.group_member': (world, tenant_id) => ({
    tenant_id,
    appraisal_id: world.next(),
    username: 'x',
  }),
  'organisation.waiting_ballot': (world) => {
    const id = world.next()
    return { id: uuid(id), appraisal_id: 1, sealed: bytes(97, id) }
  },
}
