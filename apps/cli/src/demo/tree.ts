import {
  addFederations,
  listTree,
  nationalCode,
  readNationalTree,
  systemActor,
  withTenant,
  type Deps,
  type TreeLine,
} from '@gonglian/tenancy'
import { demonstrationBodies } from './bodies.ts'

export type DemoBody = TreeLine

/** Loads the country and the demonstration's own bodies, what of them is not there yet; answers every body with its superior. */
export async function loadTree(deps: Deps): Promise<DemoBody[]> {
  return withTenant(deps, systemActor('demonstration', 0), async (ctx) => {
    const known = new Set((await listTree(ctx)).map((body) => body.code))
    const wanted = [...(known.has(nationalCode) ? [] : await readNationalTree()), ...demonstrationBodies]
    await addFederations(
      ctx,
      wanted.filter((body) => !known.has(body.code)),
    )
    return listTree(ctx)
  })
}
