import type { RouterOutputs } from '@gonglian/api'

export type Import = RouterOutputs['imports']['getImport']

/** Whether the worker still has to do with it: then the page asks again. */
export function isUnderWay({ state }: Import): boolean {
  return state === 'waiting' || state === 'checking' || state === 'committing'
}
