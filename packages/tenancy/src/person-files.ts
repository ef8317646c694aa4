import { recordAudit } from './audit.ts'
import type { TenantContext } from './context.ts'
import { DomainError } from './error.ts'
import { requireFreshProof } from './permissions.ts'

/** A file holds no more rows: whoever needs more narrows the list. */
export const largestFile = 200_000
/** The longest page that lists give. */
const pageSize = 200

/** @throws DomainError invalid records.fileTooLong */
export function refuseLongFile(rows: number): void {
  if (rows > largestFile)
    throw new DomainError('invalid', 'records.fileTooLong', { params: { limit: String(largestFile) } })
}

/**
 * Notes, in the transaction that hands out a file of persons, which list was taken out and how many rows of it.
 *
 * @throws DomainError forbidden errors.proofNeeded
 */
export async function recordPersonFile(ctx: TenantContext, list: string, rows: number): Promise<void> {
  requireFreshProof(ctx)
  await recordAudit(ctx, { action: 'persons.export', objectKind: 'personList', objectId: list, after: { rows } })
}

/**
 * All rows of a list of persons, for a file: whoever takes it proves again who it is, and it stands in the trail. The pages of the same
 * list ask for neither, as a file is what leaves the product. `list` is the procedure that shows the list.
 *
 * @throws DomainError forbidden errors.proofNeeded; invalid records.fileTooLong
 */
export async function exportPersons<Row>(
  ctx: TenantContext,
  list: string,
  readPage: (part: { page: number; pageSize: number }) => Promise<{ rows: readonly Row[] }>,
): Promise<Row[]> {
  requireFreshProof(ctx)
  const gathered: Row[] = []
  for (let page = 1; ; page += 1) {
    const { rows } = await readPage({ page, pageSize })
    gathered.push(...rows)
    refuseLongFile(gathered.length)
    if (rows.length < pageSize) break
  }
  await recordPersonFile(ctx, list, gathered.length)
  return gathered
}
