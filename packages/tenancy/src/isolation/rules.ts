import type { Look } from './country.ts'
import { accountRules } from './account-rules.ts'
import { approvalRules } from './approval-rules.ts'
import { fileRules } from './file-rules.ts'
import { coversJanuary } from './planting.ts'
import {
  atWork,
  belowMe,
  isSystem,
  mayRestructure,
  isVisitor,
  mine,
  ownAccounts,
  tenant,
  writable,
  type Rules,
} from './sight.ts'
import { findRow, int, type Row, type World } from './world.ts'

const receiver = (row: Row) => int(row, 'receiver_id')
/** The row's body is directly above an administrator's: told there who becomes a leader. */
const toldAbove = (row: Row, look: Look, world: World) =>
  look.reach === 'administration' &&
  findRow(world, 'tenancy.closure', {
    hierarchy: 'regional',
    ancestor_id: tenant(row),
    descendant_id: look.me,
    depth: 1,
  }) !== undefined
const keepsTrail = (row: Row, look: Look) => mayRestructure(look) || isVisitor(look) || tenant(row) === look.me
const movesHead = (row: Row, look: Look, world: World) => keepsTrail(row, look) || toldAbove(row, look, world)
/** Issued by a body, for itself and all below; those above see what those below issued. */
const seeIssued = (row: Row, look: Look) => belowMe(row, look) || (!isVisitor(look) && look.above.has(tenant(row)))
const catalogue: Rules = {
  see: seeIssued,
  add: writable,
  change: writable,
}

const seePlan = (row: Row, look: Look) =>
  atWork(look) &&
  (tenant(row) === look.me ||
    (look.below.has(tenant(row)) && (isSystem(look) || row['state'] !== 'draft')) ||
    (look.above.has(tenant(row)) && row['state'] !== 'draft'))
const planOf = (row: Row, world: World) => findRow(world, 'targets.plan', { id: int(row, 'plan_id') })
const seeItem = (row: Row, look: Look, world: World) => {
  const plan = planOf(row, world)
  return plan !== undefined && seePlan(plan, look)
}
const seeShare = (row: Row, look: Look) =>
  isSystem(look)
    ? receiver(row) === look.me || look.below.has(tenant(row))
    : look.reach === 'business' &&
      (tenant(row) === look.me ||
        (row['state'] !== 'draft' && (look.below.has(receiver(row)) || look.below.has(tenant(row)))))
const shareOf = (row: Row, world: World) =>
  findRow(world, 'targets.allocation', { item_id: int(row, 'item_id'), receiver_id: receiver(row) })

const formersOf = (look: Look, world: World) =>
  atWork(look)
    ? (world.rows.get('tenancy.former') ?? []).filter(
        (row) => row['ancestor_id'] === look.me && !look.below.has(int(row, 'body_id')),
      )
    : []
/** It stood below the reader once and does not today. */
const isFormer = (body: number, look: Look, world: World) =>
  formersOf(look, world).some((row) => row['body_id'] === body)
/** At the door, too: whether the body was closed. */
const seeBody = (row: Row, look: Look, world: World) =>
  mayRestructure(look) ||
  isVisitor(look) ||
  look.isTop ||
  look.below.has(int(row, 'id')) ||
  look.above.has(int(row, 'id')) ||
  isFormer(int(row, 'id'), look, world)
/** Below the reader, or so at the end of the period: every planted row is of January 2026. */
const belowInPeriod = (row: Row, look: Look, world: World) =>
  belowMe(row, look) ||
  formersOf(look, world).some((former) => former['body_id'] === tenant(row) && former['during'] === coversJanuary)
/** The superior of the tree of the period's end; where it has been closed since, the next one above it (reporting.find_reviewer). */
function findReviewer(body: number, world: World): number | undefined {
  const link = findRow(world, 'tenancy.link', { federation_id: body, hierarchy: 'regional', valid_to: null })
  if (!link) return undefined
  const above = int(link, 'parent_id')
  const isOpen = findRow(world, 'tenancy.federation', { id: above, valid_to: null }) !== undefined
  return isOpen ? above : (findReviewer(above, world) ?? above)
}
/** Directly below the reader, or below one there that was closed: some period's reports are the reader's to review. */
function reviewsSome(body: number, look: Look, world: World): boolean {
  const link = findRow(world, 'tenancy.link', { federation_id: body, hierarchy: 'regional' })
  if (!link) return false
  const above = int(link, 'parent_id')
  if (above === look.me) return true
  return (
    findRow(world, 'tenancy.federation', { id: above, valid_to: null }) === undefined && reviewsSome(above, look, world)
  )
}
const reviews = (row: Row, look: Look, world: World) => atWork(look) && findReviewer(tenant(row), world) === look.me

const ownSteps = ['submitted', 'withdrawn', 'correction_requested']
const superiorsSteps = ['returned', 'accepted', 'accepted_again', 'correction_refused', 'reopened']

/** What every table of the platform promises. A table that is in no package's entries fails the test. */
export const rules: Record<string, Rules> = {
  'tenancy.federation': {
    see: seeBody,
    add: (_row, look) => mayRestructure(look),
    change: (_row, look) => mayRestructure(look),
  },
  'tenancy.link': {
    // Of a former body, where it stood then; not where it stands now.
    see: (row, look, world) =>
      mayRestructure(look) ||
      look.isTop ||
      look.below.has(int(row, 'federation_id')) ||
      look.above.has(int(row, 'federation_id')) ||
      (isFormer(int(row, 'federation_id'), look, world) &&
        (row['valid_to'] !== null || isFormer(int(row, 'parent_id'), look, world))),
    add: (_row, look) => mayRestructure(look),
    change: (_row, look) => mayRestructure(look),
  },
  'tenancy.closure': {
    see: (row, look) => mayRestructure(look) || [row['ancestor_id'], row['descendant_id']].includes(look.me),
    add: (_row, look) => mayRestructure(look),
    drop: (_row, look) => mayRestructure(look),
  },
  'tenancy.subtree': {
    see: (row, look) => mayRestructure(look) || tenant(row) === look.me,
    add: (_row, look) => mayRestructure(look),
    change: (_row, look) => mayRestructure(look),
    drop: (_row, look) => mayRestructure(look),
  },
  'tenancy.former': {
    see: (row, look) => mayRestructure(look) || row['ancestor_id'] === look.me,
    add: (_row, look) => mayRestructure(look),
    drop: (_row, look) => mayRestructure(look),
  },
  'tenancy.audit': {
    see: keepsTrail,
    // Of the trail of the body above an administrator adds to it who became a leader below, and reads nothing there.
    add: (row, look, world) =>
      keepsTrail(row, look) ||
      (['below.leaderGranted', 'below.leaderReset'].includes(String(row['action'])) && toldAbove(row, look, world)),
  },
  // Moved by the lines, so by whoever writes one; its triggers, which are off here, leave it to nobody else.
  'tenancy.audit_head': { see: movesHead, add: movesHead, change: movesHead },
  'auth.account': {
    see: (row, look) => ownAccounts(row, look) || isVisitor(look),
    add: ownAccounts,
    change: ownAccounts,
  },
  'auth.account_role': {
    see: (row, look) => ownAccounts(row, look) || isVisitor(look),
    add: ownAccounts,
    drop: ownAccounts,
  },
  'auth.session': {
    see: (row, look, world) => ownAccounts(row, look) || isVisitor(look) || endsSession(row, look, world),
    add: (_row, look) => isVisitor(look),
    change: (_row, look) => isVisitor(look),
    drop: (row, look, world) => ownAccounts(row, look) || isVisitor(look) || endsSession(row, look, world),
  },
  'auth.attempt': {
    see: (row, look, world) => isVisitor(look) || seesAttempt(row, look, world),
    add: (_row, look) => isVisitor(look),
    change: (_row, look) => isVisitor(look),
    drop: (row, look, world) => isVisitor(look) || seesAttempt(row, look, world),
  },
  'indicators.indicator': catalogue,
  'indicators.form': catalogue,
  'indicators.form_item': { see: seeIssued, add: writable },
  'indicators.parameter': catalogue,
  'targets.plan': {
    see: seePlan,
    add: writable,
    change: writable,
    drop: (row, look) => atWork(look) && tenant(row) === look.me,
  },
  'targets.item': {
    see: seeItem,
    add: (row, look, world) => mine(row, look) || (isSystem(look) && seeItem(row, look, world)),
    change: (row, look, world) => mine(row, look) || (isSystem(look) && seeItem(row, look, world)),
    drop: (row, look) => atWork(look) && tenant(row) === look.me,
  },
  'targets.letter': { see: (row, look) => atWork(look) && look.below.has(tenant(row)), add: writable },
  'targets.allocation': {
    see: seeShare,
    add: writable,
    change: (row, look) =>
      mine(row, look) ||
      (look.reach === 'business' && receiver(row) === look.me && row['state'] !== 'draft') ||
      (isSystem(look) && (receiver(row) === look.me || look.below.has(tenant(row)))),
    drop: (row, look) => atWork(look) && tenant(row) === look.me,
  },
  'targets.amendment': {
    see: (row, look, world) => {
      const share = shareOf(row, world)
      return share !== undefined && seeShare(share, look)
    },
    add: (row, look, world) => {
      const share = shareOf(row, world)
      return (
        (isSystem(look) || mine(row, look)) &&
        share !== undefined &&
        share['tenant_id'] === row['tenant_id'] &&
        seeShare(share, look)
      )
    },
  },
  'reporting.report': {
    see: belowInPeriod,
    add: (row, look) => isSystem(look) || mine(row, look),
    // The own body types, the superior of the period decides; who may touch which column is the trigger's business.
    change: (row, look, world) => writable(row, look) || reviews(row, look, world),
  },
  'reporting.draft': {
    see: writable,
    add: (row, look) => isSystem(look) || mine(row, look),
    change: writable,
    drop: writable,
  },
  'reporting.report_version': {
    see: belowInPeriod,
    add: (row, look, world) =>
      isSystem(look) ||
      (mine(row, look) && ownSteps.includes(String(row['event']))) ||
      (reviews(row, look, world) && superiorsSteps.includes(String(row['event']))),
  },
  // Written by the functions of the database alone.
  'reporting.acceptance': { see: belowInPeriod },
  'reporting.accepted_total': { see: belowInPeriod },
  'rollup.total': {
    see: belowInPeriod,
    add: (_row, look) => mayRestructure(look),
    change: (_row, look) => mayRestructure(look),
    drop: (_row, look) => mayRestructure(look),
  },
  'rollup.dirty': {
    see: (_row, look) => mayRestructure(look),
    add: (row, look, world) =>
      mayRestructure(look) ||
      (look.reach === 'business' &&
        row['hierarchy'] === null &&
        (tenant(row) === look.me || reviewsSome(tenant(row), look, world))),
    drop: (_row, look) => mayRestructure(look),
  },
  'rollup.regrouped': {
    see: (_row, look) => mayRestructure(look),
    add: (_row, look) => mayRestructure(look),
    drop: (_row, look) => mayRestructure(look),
  },
  'rollup.recount': {
    see: (_row, look) => mayRestructure(look),
    // Whoever changes a form has all its totals counted again.
    add: (row, look) => mayRestructure(look) || (look.reach === 'business' && row['period'] === null),
    drop: (_row, look) => mayRestructure(look),
  },
  'rollup.verification': {
    see: (_row, look) => isSystem(look),
    add: (_row, look) => isSystem(look),
    change: (_row, look) => isSystem(look),
  },
  // The owner of a record reads who opened it; nobody says so in another's name, or of what is out of sight.
  'tenancy.opening': {
    see: writable,
    add: (row, look) => belowMe(row, look) && row['by_tenant_id'] === look.me,
  },
  'indicators.fed_figure': { see: belowMe, add: writable, change: writable, drop: writable },
  'indicators.feed_mark': {
    see: (_row, look) => isSystem(look),
    // The database marks by itself; nobody else does.
    add: () => false,
    change: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
  },
  'tenancy.former_name': {
    // As far as the body itself is seen.
    see: (row, look, world) => {
      const body = findRow(world, 'tenancy.federation', { id: int(row, 'federation_id') })
      return body !== undefined && seeBody(body, look, world)
    },
    add: (_row, look) => mayRestructure(look),
  },
  ...accountRules,
  ...fileRules,
  ...approvalRules,
  'inspection.urge': {
    see: (row, look) =>
      atWork(look) && (receiver(row) === look.me || look.below.has(tenant(row)) || look.below.has(receiver(row))),
    add: (row, look) =>
      atWork(look) && tenant(row) === look.me && receiver(row) !== look.me && look.below.has(receiver(row)),
    change: (row, look) => look.reach === 'business' && receiver(row) === look.me,
  },
}

/** Whoever closes a body ends its sessions. */
function endsSession(row: Row, look: Look, world: World): boolean {
  return (
    look.reach === 'structure' &&
    findRow(world, 'tenancy.federation', { id: tenant(row), valid_to: null }) === undefined
  )
}

function seesAttempt(row: Row, look: Look, world: World): boolean {
  const account = findRow(world, 'auth.account', { username: String(row['username']) })
  return account !== undefined && ownAccounts(account, look)
}
