import { field, type Refusal } from '@gonglian/records/declared'

/** Whose a record is: the body's own, or that of one of its unions. */
export const keeperFields = {
  whose: field.choice(['body', 'union'], { label: 'women.place', initial: 'body' }),
  unionId: field.optionalFind('unions', { label: 'registers.union', when: ({ whose }) => whose === 'union' }),
}
export type Keeper = { readonly whose: 'body' | 'union'; readonly unionId?: number | undefined }

/** "Of a union" without a union would silently become the body's own. */
export function refuseNoUnion({ whose, unionId }: Keeper): Refusal | null {
  return whose === 'union' && unionId === undefined ? { path: 'unionId', key: 'errors.inputMissing' } : null
}
