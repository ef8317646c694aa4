import { withTenant, type Deps, type UserActor } from '@gonglian/tenancy'
import { getImportLayout, mapImport } from './columns-step.ts'
import { runImport } from './import-runs.ts'
import { getImport, type Import } from './import-records.ts'

/** Confirms the columns as they were found. */
export async function confirmColumns(deps: Deps, actor: UserActor, importId: number): Promise<Import> {
  return withTenant(deps, actor, async (ctx) => {
    const { version } = await getImport(ctx, { importId })
    const layout = await getImportLayout(ctx, { importId })
    const columns = (layout?.columns ?? []).flatMap(({ place, key }) => (key === null ? [] : [{ place, key }]))
    return mapImport(ctx, { importId, version, columns })
  })
}

/** What the worker does with a job, and what somebody does who takes the columns as they were found. */
export async function runThrough(deps: Deps, actor: UserActor, importId: number): Promise<Import> {
  const place = { importId, tenantId: actor.tenantId }
  const read = () => withTenant(deps, actor, (ctx) => getImport(ctx, { importId }))
  await runImport(deps, place)
  const { state } = await read()
  if (state !== 'mapping') return read()
  await confirmColumns(deps, actor, importId)
  await runImport(deps, place)
  return read()
}
