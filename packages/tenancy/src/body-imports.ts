import { sql } from 'kysely'
import { recordAudit } from './audit.ts'
import { checkBodyRows, type BodyFault, type BodyRow, type KnownBody } from './body-lists.ts'
import type { TenantContext } from './context.ts'
import { requirePermission } from './permissions.ts'
import { addFederations, findFirstOpenDay, requireSystem } from './tree.ts'
import { lockTree } from './tree-lock.ts'

/** The first day of a body where the list says none and nothing was reported yet. */
const founded = '1949-10-01'

export type BodyImport = {
  readonly faults: readonly BodyFault[]
  /** Bodies that are new; none was written when there are faults or it was only a try. */
  readonly added: number
  /** Bodies that were there already, with everything the list says of them. */
  readonly equal: number
}

/** Every body of the installation with the superiors it has today, the last ones of closed bodies. */
async function listKnownBodies(ctx: TenantContext): Promise<KnownBody[]> {
  const { rows } = await sql<KnownBody>`
    select f.code, f.name, f.level, f.kind, f.valid_from as "validFrom", f.valid_to is null as "isOpen",
      p.code as "parentCode", lp.code as "lineParentCode"
    from tenancy.federation f
    left join tenancy.link l on l.federation_id = f.id and l.hierarchy = 'regional' and l.valid_to is not distinct from f.valid_to
    left join tenancy.federation p on p.id = l.parent_id
    left join tenancy.link ll on ll.federation_id = f.id and ll.hierarchy = 'line' and ll.valid_to is not distinct from f.valid_to
    left join tenancy.federation lp on lp.id = ll.parent_id
    order by f.id`.execute(ctx.db)
  return rows
}

/**
 * Takes over a list of bodies, all or nothing: with one faulty row nothing is written. A second time the same list changes nothing.
 * Only for system actors (the operator).
 *
 * @param input.hasBegun reports were handed in already: new bodies then begin in the running half of the month at the earliest, so that
 * nothing is expected of them in periods that are over (decision 0007)
 */
export async function importBodies(
  ctx: TenantContext,
  input: { rows: readonly BodyRow[]; isDryRun: boolean; hasBegun: boolean },
): Promise<BodyImport> {
  requirePermission(ctx, 'federation:reorganise')
  requireSystem(ctx)
  await lockTree(ctx, 'exclusive')
  const firstOpen = findFirstOpenDay(ctx.today)
  const { faults, added, equal } = checkBodyRows(input.rows, {
    known: await listKnownBodies(ctx),
    today: ctx.today,
    since: input.hasBegun ? firstOpen : founded,
    notBefore: input.hasBegun ? firstOpen : null,
  })
  if (faults.length > 0 || input.isDryRun || added.length === 0) return { faults, added: added.length, equal }
  await addFederations(ctx, added)
  const { id } = await ctx.db
    .selectFrom('tenancy.closure')
    .select('ancestor_id as id')
    .where('hierarchy', '=', 'regional')
    .where('descendant_id', 'in', (query) =>
      query
        .selectFrom('tenancy.federation')
        .select('id')
        .where('code', '=', added[0]?.code ?? ''),
    )
    .orderBy('depth', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'federation.import',
    objectKind: 'federation',
    objectId: id,
    after: { added: added.length, equal },
    tenantId: id,
  })
  return { faults, added: added.length, equal }
}
