import { createHash } from 'node:crypto'
import { accountKeys, accountPlants } from './account-plants.ts'
import { approvalKeys, approvalPlants } from './approval-plants.ts'
import { fileKeys, filePlants } from './file-plants.ts'
import { int, pick, rowOf, type Plant } from './world.ts'

const day = '2026-01-01'
const moment = '2026-01-01T00:00:00Z'
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

const states = ['issued', 'accepted', 'draft', 'settled']
const events = [
  ...['submitted', 'accepted', 'withdrawn', 'returned', 'correction_requested', 'reopened', 'imported'],
  ...['accepted_again', 'regrouped'],
]
/** As the database writes the days in which a body stood below another: with the end of January 2026, and not. */
export const coversJanuary = '[2026-01-01,2026-02-01)'
const endsBefore = '[2025-01-01,2026-01-31)'

/**
 * In the order in which they refer to each other. The bodies and their tree are not planted: they are added like any.
 */
export const plants: Record<string, Plant> = {
  'tenancy.former': (_world, ancestor_id, body_id) => ({
    ancestor_id,
    body_id,
    during: body_id % 2 === 0 ? coversJanuary : endsBefore,
  }),
  'tenancy.audit': (world, tenant_id) => ({
    id: world.next(),
    tenant_id,
    seq: world.next(),
    at: moment,
    actor: 'x',
    action: pick(['x', 'below.leaderGranted', 'below.leaderReset', 'leaderGranted'], world.next()),
    object_kind: 'x',
    object_id: 'x',
    prev_hash: '\\x00',
    hash: '\\x00',
  }),
  'tenancy.audit_head': (_world, tenant_id) => ({ tenant_id, seq: 1, hash: '\\x00' }),
  'auth.account': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, username: `user${id}`, display_name: 'x', password_hash: 'x' }
  },
  'auth.account_role': (world, tenant_id) => ({ account_id: world.next(), tenant_id, role: 'officer' }),
  'auth.session': (world, tenant_id) => ({
    id: `session${world.next()}`,
    account_id: int(rowOf(world, 'auth.account', tenant_id), 'id'),
    tenant_id,
    expires_at: moment,
  }),
  'auth.attempt': (world, tenant_id) => {
    const id = world.next()
    const attempts = world.rows.get('auth.attempt') ?? []
    const untried = (world.rows.get('auth.account') ?? []).find(
      (account) =>
        account['tenant_id'] === tenant_id && !attempts.some((row) => row['username'] === account['username']),
    )
    // Counted under a name that nobody has, too.
    return {
      username: untried ? String(untried['username']) : `nobody${id}`,
      kind: pick(['source', 'device', 'account'], id),
      source: `source${id}`,
      failures: 1,
      failed_at: moment,
    }
  },
  'indicators.indicator': (world, tenant_id) => {
    const id = world.next()
    return {
      id,
      tenant_id,
      code: `indicator_${id}`,
      name_zh: 'x',
      name_en: 'x',
      domain: 'x',
      unit: 'x',
      nature: 'flow',
      additivity: 'sum',
    }
  },
  'indicators.form': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, code: `form-${id}`, name_zh: 'x', name_en: 'x', frequency: 'month', opens_on: day }
  },
  'indicators.form_item': (world, tenant_id) => ({
    form_id: world.next(),
    position: 1,
    tenant_id,
    indicator_id: int(rowOf(world, 'indicators.indicator', tenant_id), 'id'),
  }),
  'indicators.parameter': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, key: `key${id}`, value: { is: 'x' }, valid_from: day, source: 'x' }
  },
  'targets.plan': (world, tenant_id) => {
    const id = world.next()
    return {
      id,
      tenant_id,
      year: 2026,
      name: `plan ${id}`,
      ...(id % 2 === 0 ? { state: 'draft' } : { state: 'issued', issued_at: moment }),
    }
  },
  'targets.item': (world, tenant_id) => {
    const id = world.next()
    return {
      id,
      plan_id: int(rowOf(world, 'targets.plan', tenant_id, id), 'id'),
      tenant_id,
      position: id,
      indicator_id: 1,
      method: 'sum',
    }
  },
  'targets.letter': (world, tenant_id, issuer_id) => {
    const id = world.next()
    return { id, tenant_id, plan_id: 1, issuer_id, text: `letter ${id}`, hash: hash(`letter ${id}`), signed_by: 'x' }
  },
  'targets.allocation': (world, tenant_id, receiver_id) => {
    const n = world.next()
    const state = states[n % states.length] ?? 'draft'
    return { item_id: n, tenant_id, receiver_id, value: 1, state, ...(state === 'draft' ? {} : { issued_at: moment }) }
  },
  'targets.amendment': (world, tenant_id) => {
    const share = rowOf(world, 'targets.allocation', tenant_id, world.next())
    return {
      id: world.next(),
      item_id: int(share, 'item_id'),
      receiver_id: int(share, 'receiver_id'),
      tenant_id,
      kind: 'change',
      from_value: 1,
      to_value: 2,
      reason: 'xx',
      actor: 'x',
    }
  },
  'reporting.report': (world, tenant_id) => {
    const id = world.next()
    return { id, tenant_id, form_id: id, period: '2026-01', period_end: '2026-01-31' }
  },
  'reporting.draft': (world, tenant_id) => ({ report_id: world.next(), tenant_id, figures: [1], saved_by: 'x' }),
  'reporting.report_version': (world, tenant_id) => {
    const id = world.next()
    const event = events[id % events.length] ?? 'submitted'
    return {
      id,
      report_id: int(rowOf(world, 'reporting.report', tenant_id), 'id'),
      tenant_id,
      version: 1,
      event,
      actor: 'x',
      ...(['submitted', 'imported'].includes(event) ? { figures: [1] } : {}),
    }
  },
  'reporting.acceptance': (world, tenant_id) => ({
    id: world.next(),
    report_id: int(rowOf(world, 'reporting.report', tenant_id), 'id'),
    tenant_id,
    form_id: 1,
    period: '2026-01',
    version: 1,
    actor: 'x',
    at: moment,
    ended_at: moment,
  }),
  'reporting.accepted_total': (world, tenant_id) => ({
    acceptance_id: world.next(),
    hierarchy: 'regional',
    tenant_id,
    form_id: 1,
    period: '2026-01',
    figures: [1],
    accepted_count: 2,
    parts: [1],
  }),
  'rollup.total': (world, tenant_id) => ({
    form_id: world.next(),
    period: '2026-01',
    hierarchy: 'regional',
    tenant_id,
    reported: [1],
    accepted: [1],
    expected_count: 1,
    reported_count: 1,
    reviewed_count: 1,
    accepted_count: 1,
  }),
  'rollup.dirty': (world, tenant_id) => ({
    id: world.next(),
    form_id: 1,
    period: '2026-01',
    hierarchy: null,
    tenant_id,
  }),
  'rollup.regrouped': (world, tenant_id) => ({ id: world.next(), hierarchy: 'regional', tenant_id, since: day }),
  'rollup.recount': (world) => {
    const id = world.next()
    return { id, form_id: 1, period: pick([null, '2026-01'], id) }
  },
  'rollup.verification': (world) => ({
    form_id: world.next(),
    period: '2026-01',
    verified_at: '2026-01-31T00:00:00Z',
    differences: 0,
  }),
  'inspection.urge': (world, tenant_id, receiver_id) => ({
    id: world.next(),
    tenant_id,
    receiver_id,
    form_id: world.next(),
    period: '2026-01',
    cause: 'report',
    urged_by: 'x',
    urged_on: day,
  }),
  'tenancy.opening': (world, tenant_id, by_tenant_id) => ({
    id: world.next(),
    tenant_id,
    by_tenant_id,
    reason: 'asked',
  }),
  'indicators.fed_figure': (world, tenant_id) => ({ tenant_id, period: '2026-01', indicator_id: world.next() }),
  'indicators.feed_mark': (world, tenant_id) => ({ id: world.next(), tenant_id, records: 'schema.table' }),
  ...accountPlants,
  ...filePlants,
  ...approvalPlants,
}

/** Rows of the tree itself, for trying to add one; it grows by itself in no other way than through the tree's own functions. */
export const treePlants: Record<string, Plant> = {
  'tenancy.federation': (world) => {
    const id = world.next()
    return { id, code: `N${id}`, name: 'xx', short_name: 'x', level: 'county', valid_from: day }
  },
  'tenancy.link': (world, federation_id, parent_id) => ({
    id: world.next(),
    federation_id,
    parent_id,
    hierarchy: 'line',
    valid_from: '1900-01-01',
    valid_to: '1900-01-02',
  }),
  'tenancy.closure': (_world, ancestor_id, descendant_id) => ({
    hierarchy: 'line',
    ancestor_id,
    descendant_id,
    depth: 9,
  }),
  'tenancy.subtree': (_world, tenant_id) => ({ tenant_id, bodies: [tenant_id] }),
}

/** The columns by which a row is known again. */
export const keys: Record<string, string[]> = {
  'tenancy.federation': ['id'],
  'tenancy.link': ['federation_id', 'hierarchy', 'parent_id'],
  'tenancy.closure': ['hierarchy', 'ancestor_id', 'descendant_id'],
  'tenancy.subtree': ['tenant_id'],
  'tenancy.audit_head': ['tenant_id'],
  'auth.account_role': ['account_id', 'role'],
  'auth.attempt': ['username', 'kind', 'source'],
  'indicators.form_item': ['form_id', 'position'],
  'targets.allocation': ['item_id', 'receiver_id'],
  'reporting.draft': ['report_id'],
  'reporting.accepted_total': ['acceptance_id', 'hierarchy'],
  'tenancy.former': ['ancestor_id', 'body_id'],
  'rollup.total': ['form_id', 'tenant_id'],
  'rollup.verification': ['form_id'],
  'indicators.fed_figure': ['tenant_id', 'indicator_id'],
  ...accountKeys,
  ...fileKeys,
  ...approvalKeys,
}
