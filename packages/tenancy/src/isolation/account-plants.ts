import { int, pick, rowOf, type Plant } from './world.ts'

const day = '2026-01-01'
const moment = '2026-01-01T00:00:00Z'
const bytes = (length: number, number: number) => `\\x${number.toString(16).padStart(2 * length, '0')}`
const dayAfter = (first: string, days: number) =>
  new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10)

/** In the order in which they refer to each other. */
export const accountPlants: Record<string, Plant> = {
  'auth.device': (world, tenant_id) => {
    const id = world.next()
    const account_id = int(rowOf(world, 'auth.account', tenant_id, id), 'id')
    return { account_id, token_hash: `device${id}`, tenant_id, created_at: moment, seen_at: moment }
  },
  'auth.factor': (world, tenant_id) => {
    const id = world.next()
    const isConfirmed = id % 2 === 0
    return {
      account_id: id,
      tenant_id,
      secret: isConfirmed ? bytes(20, id) : null,
      pending: isConfirmed ? null : bytes(20, id),
      confirmed_at: isConfirmed ? moment : null,
    }
  },
  'auth.recovery_code': (world, tenant_id) => {
    const id = world.next()
    return { account_id: id, code_hash: bytes(32, id), tenant_id, used_at: pick([null, moment], id) }
  },
  'auth.old_password': (world, tenant_id) => {
    const id = world.next()
    const account_id = int(rowOf(world, 'auth.account', tenant_id, id), 'id')
    return { id, account_id, tenant_id, password_hash: 'x', replaced_at: moment }
  },
  // Of an account one is open: asked for, or agreed to.
  'auth.one_time_link': (world, tenant_id) => {
    const id = world.next()
    const account_id = int(rowOf(world, 'auth.account', tenant_id, id), 'id')
    const isTaken = (world.rows.get('auth.one_time_link') ?? []).some(
      (link) => link['account_id'] === account_id && link['used_at'] === null,
    )
    return {
      id,
      account_id,
      tenant_id,
      purpose: pick(['first', 'reset', 'factor'], id),
      token_hash: pick([null, `link${id}`, `link${id}`], id >> 1),
      requested_by: 'x',
      requested_at: moment,
      expires_at: moment,
      used_at: isTaken ? moment : null,
    }
  },
  'auth.notice': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, at: moment, kind: 'leader_granted', username: `user${id}`, actors: ['x', 'y'] }
  },
  'auth.sign_in_rule': (world, tenant_id) => {
    const id = world.next()
    return {
      tenant_id,
      valid_from: dayAfter('2026-01-01', id - 1_000_000),
      factor_roles: ['leader'],
      sessions: 3,
      source: `document ${id}`,
    }
  },
  'tenancy.reorganisation': (world, tenant_id, other) => ({
    id: world.next(),
    tenant_id,
    kind: 'rename',
    day,
    reason: 'asked',
    parts: { is: 'x' },
    bodies: [other],
    decided_by: 'x',
    decided_at: moment,
  }),
  'tenancy.former_name': (world, federation_id) => {
    const id = world.next()
    const valid_from = dayAfter('1900-01-01', id - 1_000_000)
    return {
      federation_id,
      name: `name ${id}`,
      short_name: 'x',
      pinyin: '',
      initials: '',
      valid_from,
      valid_to: dayAfter(valid_from, 1),
    }
  },
  'rollup.reorganised_total': (world, tenant_id) => ({
    reorganisation_id: world.next(),
    tenant_id,
    form_id: 1,
    period: '2026-01',
    hierarchy: 'regional',
    reported_before: [1],
    reported_after: [1],
    accepted_before: [1],
    accepted_after: [1],
    counts_before: [1, 1, 1],
    counts_after: [1, 1, 1],
  }),
  // Of no body; numbered from 2.
  'tenancy.data_key': (world) => {
    const version = 2 + (world.rows.get('tenancy.data_key') ?? []).length
    return { version, sealed: bytes(61, version), active_from: moment, created_at: moment }
  },
  'tenancy.audit_anchor': (world, tenant_id) => {
    const seq = world.next()
    return {
      tenant_id,
      seq,
      hash: bytes(32, seq),
      at: moment,
      key_id: '0123456789abcdef',
      signature: bytes(64, seq),
    }
  },
  // Whoever issues says these columns and no others: day, issuer and hash come from a trigger.
  'documents.issued_paper': (world, tenant_id) => {
    const record_id = world.next()
    const token = bytes(18, record_id)
    return { tenant_id, paper: 'x.y', record_id, number: 'x', title: 'xy', data: {}, issued_by: 'x', token }
  },
  'documents.withdrawal': (world, tenant_id) => ({
    paper_id: world.next(),
    tenant_id,
    reason: 'xy',
    withdrawn_by: 'x',
  }),
  'tasks.digest': (world, tenant_id) => {
    const id = world.next()
    return {
      account_id: pick([1, id], id),
      tenant_id,
      day: dayAfter('2026-01-01', id - 1_000_000),
      total: 2,
      overdue: 1,
      kinds: [],
      made_at: moment,
    }
  },
  'tasks.digest_day': (world, tenant_id) => ({
    tenant_id,
    day: dayAfter('2026-01-01', world.next() - 1_000_000),
    made_at: moment,
  }),
  'tasks.address': (world, tenant_id) => {
    const id = world.next()
    return { id, account_id: pick([1, id], id), tenant_id, email_sealed: bytes(40, id), changed_at: moment }
  },
  'tasks.channel': (world, tenant_id) => {
    const id = world.next()
    const kind = pick(['wecom', 'dingtalk'], id)
    return {
      id,
      tenant_id,
      kind,
      host: 'x',
      url_sealed: bytes(40, id),
      is_on: true,
      set_by: 'x',
      set_at: moment,
      version: 1,
    }
  },
  'tasks.delivery': (world, tenant_id) => {
    const id = world.next()
    return {
      id,
      tenant_id,
      day: dayAfter('2026-01-01', id - 1_000_000),
      channel: pick(['wecom', 'dingtalk'], id),
      locale: 'zh-CN',
      state: 'waiting',
      attempts: 0,
      next_at: moment,
      problem: '',
      changed_at: moment,
    }
  },
}

/** The columns by which a row is known again, where that is not its number. */
export const accountKeys: Record<string, string[]> = {
  'auth.device': ['account_id', 'token_hash'],
  'auth.factor': ['account_id'],
  'auth.recovery_code': ['account_id'],
  'auth.sign_in_rule': ['tenant_id', 'source'],
  'tenancy.former_name': ['federation_id', 'name'],
  'rollup.reorganised_total': ['reorganisation_id'],
  'tenancy.data_key': ['version'],
  'tenancy.audit_anchor': ['tenant_id', 'seq'],
  'documents.issued_paper': ['record_id'],
  'documents.withdrawal': ['paper_id'],
  'tasks.digest': ['account_id', 'day'],
  'tasks.digest_day': ['tenant_id', 'day'],
  'tasks.address': ['account_id'],
  'tasks.channel': ['tenant_id', 'kind'],
}
