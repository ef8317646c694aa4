import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { loadCatalogue, loadForms } from './national.ts'

/** The national catalogue, calendar and forms, for a test whose national body has this id. */
export async function aCatalogue(deps: Deps, nationalId: number): Promise<void> {
  await withTenant(deps, systemActor('loader', nationalId), async (ctx) => {
    await loadCatalogue(ctx)
    await loadForms(ctx)
  })
}
