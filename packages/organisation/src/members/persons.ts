import { DomainError, type FieldError, type TenantContext } from '@gonglian/tenancy'
import type { Sex } from './facets.ts'
import { checkIdNumber } from '../numbers/id-numbers.ts'
import { checkPhone } from '../numbers/phones.ts'

/** handbook 13: member >= 16. */
export const memberAge = 16

export type SealedId = { id_sealed: Buffer; id_print: Buffer; sex: Sex; birth: string }
export type SealedMobile = { mobile_sealed: Buffer; mobile_print: Buffer }

/** An id number as the columns of the register keep it. The number has been checked. */
export function sealId(
  ctx: TenantContext,
  id: { value: string; sex: Sex; birth: string },
  print: Buffer = printId(ctx, id.value),
): SealedId {
  return {
    id_sealed: ctx.vault.seal('member.id_number', id.value),
    id_print: print,
    sex: id.sex,
    birth: id.birth,
  }
}

export function sealMobile(ctx: TenantContext, value: string): SealedMobile {
  return { mobile_sealed: ctx.vault.seal('member.mobile', value), mobile_print: printMobile(ctx, value) }
}

export const printId = (ctx: TenantContext, value: string): Buffer => ctx.vault.fingerprint('id_number', value)
export const printMobile = (ctx: TenantContext, value: string): Buffer => ctx.vault.fingerprint('mobile', value)

/**
 * What was typed about a person, checked and sealed; what was left out stays out.
 *
 * @throws DomainError invalid with the fields
 */
export function sealPerson(
  ctx: TenantContext,
  typed: { idNumber?: string | undefined; mobile?: string | undefined },
): Partial<SealedId & SealedMobile> {
  const faults: FieldError[] = []
  const sealed: Partial<SealedId & SealedMobile> = {}
  if (typed.idNumber !== undefined) {
    const verdict = checkIdNumber(typed.idNumber, { today: ctx.today, minimumAge: memberAge })
    if (verdict.ok) Object.assign(sealed, sealId(ctx, verdict.id))
    else {
      for (const { key, params } of verdict.errors)
        faults.push({ path: 'idNumber', key, ...(params ? { params: { ...params } } : {}) })
    }
  }
  if (typed.mobile !== undefined) {
    const mobile = checkPhone(typed.mobile)
    if (mobile === null) faults.push({ path: 'mobile', key: 'organisation.phone.signs' })
    else Object.assign(sealed, sealMobile(ctx, mobile))
  }
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  return sealed
}
