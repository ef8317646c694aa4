import { z } from 'zod'
import { Due } from './deadlines.ts'
import { PeriodKind } from './periods.ts'
import { Rule } from './rules.ts'

const FillerLevel = z.enum(['province', 'city', 'county', 'township'])
const label = z.string().trim().max(80)
const name = z.string().trim().min(2).max(120)

export const FormItemInput = z.object({
  /** Code of an indicator the body knows: its own or a superior's. */
  code: z.string().min(2).max(80),
  sectionZh: label.default(''),
  sectionEn: label.default(''),
  breakdownZh: label.default(''),
  breakdownEn: label.default(''),
})

export const FormInput = z
  .object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/, 'errors.formCode'),
    nameZh: name,
    nameEn: name,
    frequency: PeriodKind,
    /** Which levels fill it in; none: a form that only holds the past. */
    fillerLevels: z.array(FillerLevel).max(4),
    due: Due.nullable(),
    rules: z.array(Rule).max(500).default([]),
    opensOn: z.iso.date(),
    closesOn: z.iso.date().nullable().default(null),
    items: z.array(FormItemInput).min(1, 'errors.formNoItems').max(2000, 'errors.formTooManyItems'),
  })
  .superRefine((input, report) => {
    if (input.closesOn !== null && input.closesOn <= input.opensOn) {
      report.addIssue({ code: 'custom', path: ['closesOn'], message: 'errors.formDates' })
    }
  })
export type FormInput = z.input<typeof FormInput>

export const AppendItems = z.object({
  formId: z.int().positive(),
  /** The version the editor saw. */
  version: z.int().positive(),
  items: z.array(FormItemInput).min(1, 'errors.formNoItems').max(2000, 'errors.formTooManyItems'),
  /** All rules of the new version; left out: as they are. */
  rules: z.array(Rule).max(500).optional(),
})
