import type { Look } from './country.ts'
import { recordRules } from './record-rules.ts'
import { atWork, belowMe, isSystem, isVisitor, mine, tenant, writable, type Rules } from './sight.ts'
import { findRow, int, type Row, type World } from './world.ts'

const receiver = (row: Row) => int(row, 'receiver_id')
const ownAccounts = (row: Row, look: Look) =>
  (!isVisitor(look) && tenant(row) === look.me) || (isSystem(look) && look.below.has(tenant(row)))

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

const ownSteps = ['submitted', 'withdrawn', 'correction_requested']
const superiorsSteps = ['returned', 'accepted', 'correction_refused', 'reopened']

/** What every table of the house promises. A table that is missing here fails the test. */
export const rules: Record<string, Rules> = {
  'tenancy.federation': {
    see: (row, look) =>
      isSystem(look) || look.isTop || look.below.has(int(row, 'id')) || look.above.has(int(row, 'id')),
    add: (_row, look) => isSystem(look),
    change: (_row, look) => isSystem(look),
  },
  'tenancy.link': {
    see: (row, look) =>
      isSystem(look) ||
      look.isTop ||
      look.below.has(int(row, 'federation_id')) ||
      look.above.has(int(row, 'federation_id')),
    add: (_row, look) => isSystem(look),
    change: (_row, look) => isSystem(look),
  },
  'tenancy.closure': {
    see: (row, look) => isSystem(look) || [row['ancestor_id'], row['descendant_id']].includes(look.me),
    add: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
  },
  'tenancy.subtree': {
    see: (row, look) => isSystem(look) || tenant(row) === look.me,
    add: (_row, look) => isSystem(look),
    change: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
  },
  'tenancy.audit': {
    see: (row, look) => isSystem(look) || isVisitor(look) || tenant(row) === look.me,
    add: (row, look) => isSystem(look) || isVisitor(look) || tenant(row) === look.me,
  },
  // Moved by the lines, so by whoever writes one; its triggers, which are off here, leave it to nobody else.
  'tenancy.audit_head': {
    see: (row, look) => isSystem(look) || isVisitor(look) || tenant(row) === look.me,
    add: (row, look) => isSystem(look) || isVisitor(look) || tenant(row) === look.me,
    change: (row, look) => isSystem(look) || isVisitor(look) || tenant(row) === look.me,
  },
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
    see: (row, look) => ownAccounts(row, look) || isVisitor(look),
    add: (_row, look) => isVisitor(look),
    change: (_row, look) => isVisitor(look),
    drop: (row, look) => ownAccounts(row, look) || isVisitor(look),
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
  'targets.letter': { see: belowMe, add: writable },
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
    see: belowMe,
    add: (row, look) => isSystem(look) || mine(row, look),
    // The own body types, the direct superior decides; who may touch which column is the trigger's business.
    change: (row, look) => writable(row, look) || (atWork(look) && look.children.has(tenant(row))),
  },
  'reporting.draft': {
    see: writable,
    add: (row, look) => isSystem(look) || mine(row, look),
    change: writable,
    drop: writable,
  },
  'reporting.report_version': {
    see: belowMe,
    add: (row, look) =>
      isSystem(look) ||
      (mine(row, look) && ownSteps.includes(String(row['event']))) ||
      (look.reach === 'business' && look.children.has(tenant(row)) && superiorsSteps.includes(String(row['event']))),
  },
  'rollup.total': {
    see: belowMe,
    add: (_row, look) => isSystem(look),
    change: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
  },
  'rollup.dirty': {
    see: (_row, look) => isSystem(look),
    add: (row, look) =>
      isSystem(look) ||
      (look.reach === 'business' &&
        row['hierarchy'] === null &&
        (tenant(row) === look.me || look.children.has(tenant(row)))),
    drop: (_row, look) => isSystem(look),
  },
  'rollup.regrouped': {
    see: (_row, look) => isSystem(look),
    add: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
  },
  'rollup.recount': {
    see: (_row, look) => isSystem(look),
    add: (_row, look) => isSystem(look),
    drop: (_row, look) => isSystem(look),
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
  ...recordRules,
  'inspection.urge': {
    see: (row, look) =>
      atWork(look) && (receiver(row) === look.me || look.below.has(tenant(row)) || look.below.has(receiver(row))),
    add: (row, look) =>
      atWork(look) && tenant(row) === look.me && receiver(row) !== look.me && look.below.has(receiver(row)),
    change: (row, look) => look.reach === 'business' && receiver(row) === look.me,
  },
}

function seesAttempt(row: Row, look: Look, world: World): boolean {
  const username = /^account:(.*)$/.exec(String(row['subject']))?.[1]
  const account = username === undefined ? undefined : findRow(world, 'auth.account', { username })
  return account !== undefined && ownAccounts(account, look)
}
