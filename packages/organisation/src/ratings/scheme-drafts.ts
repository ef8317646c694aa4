import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { getScheme, ListSchemes, listSchemes, type Scheme } from './schemes.ts'

export const DraftScheme = z.object({
  /** The scheme whose next edition is drafted; left out: a new one. */
  before: z.int().positive().optional(),
})

/** What a scheme may ask to be held already: another one that is in force or will be, with its ranks. */
export type NeededScheme = {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly levels: readonly { readonly rank: number; readonly nameZh: string; readonly nameEn: string }[]
}

/**
 * What whoever writes a scheme begins with: the edition before, if there is one of the own body's, and the schemes its levels may refer
 * to.
 *
 * @throws DomainError not_found organisation.schemeNotFound, also for a scheme of another body: only its issuer succeeds it
 */
export async function draftScheme(
  ctx: TenantContext,
  input: z.output<typeof DraftScheme>,
): Promise<{ before: Scheme | null; others: NeededScheme[] }> {
  requirePermission(ctx, 'organisation:approve')
  const before = input.before === undefined ? null : await getScheme(ctx, { schemeId: input.before, own: true })
  const others = new Map<string, NeededScheme>()
  const { rows } = await listSchemes(ctx, ListSchemes.parse({ coming: true, pageSize: 200 }))
  for (const { schemeId, code } of rows) {
    if (code === before?.code || others.has(code)) continue
    const { nameZh, nameEn, levels } = await getScheme(ctx, { schemeId })
    others.set(code, {
      code,
      nameZh,
      nameEn,
      levels: levels.map((level) => ({ rank: level.rank, nameZh: level.nameZh, nameEn: level.nameEn })),
    })
  }
  return { before, others: [...others.values()] }
}
