import type { RouterOutputs } from '@gonglian/api'
import type { Permission } from '@gonglian/tenancy/permissions'

export type Import = RouterOutputs['imports']['getImport']
export type ImportLayout = NonNullable<RouterOutputs['imports']['getImportLayout']>

/** What can be imported, in the order of a body that begins here, and who sends it and has it written. */
export const importKinds = [
  { key: 'unions', sends: 'organisation:write', commits: 'organisation:approve', isFourEyes: true },
  { key: 'members', sends: 'member:write', commits: 'member:write', isFourEyes: false },
  { key: 'employers', sends: 'organisation:write', commits: 'organisation:write', isFourEyes: false },
] as const satisfies readonly {
  key: string
  sends: Permission
  commits: Permission
  isFourEyes: boolean
}[]
export type ImportKind = (typeof importKinds)[number]['key']

export function findKind(key: string) {
  return importKinds.find((kind) => kind.key === key) ?? importKinds[0]
}

/** Whether the worker still has to do with it: then the page asks again. */
export function isUnderWay({ state }: Import): boolean {
  return ['reading', 'waiting', 'checking', 'committing', 'undoing'].includes(state)
}
