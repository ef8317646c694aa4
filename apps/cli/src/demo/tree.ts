import { addFederations, listTree, nationalCode, readNationalTree, systemActor, withTenant, type Deps, type TreeLine } from '@gonglian/tenancy'
import { demonstrationBodies } from './bodies.ts'

export type DemoBody = TreeLine

/** Loads the country unless it is there; answers every body with its superior. */
export async function loadTree(deps: Deps): Promise<DemoBody[]> {
  return withTenant(deps, systemActor('demonstration', 0), async (ctx) => {
    const known = await listTree(ctx)
    if (known.some((body) => body.code === nationalCode)) return known
    await addFederations(ctx, [...(await readNationalTree()), ...demonstrationBodies])
    return listTree(ctx)
  })
}
