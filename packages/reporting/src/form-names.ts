import { getFormById, listForms, type FormHead } from '@gonglian/indicators'
import type { TenantContext } from '@gonglian/tenancy'

export type FormName = Pick<FormHead, 'id' | 'code' | 'nameZh' | 'nameEn'>

/** The forms behind ids, those of the past included. */
export async function nameForms(ctx: TenantContext, ids: Iterable<number>): Promise<Map<number, FormName>> {
  const wanted = new Set(ids)
  if (wanted.size === 0) return new Map()
  const names = new Map<number, FormName>()
  const add = ({ id, code, nameZh, nameEn }: FormName) => names.set(id, { id, code, nameZh, nameEn })
  for (const head of await listForms(ctx)) if (wanted.has(head.id)) add(head)
  for (const id of wanted) if (!names.has(id)) add(await getFormById(ctx, id))
  return names
}
