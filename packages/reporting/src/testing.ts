import {
  FormInput,
  defineForm,
  defineIndicator,
  IndicatorInput,
  type Form,
  type IndicatorInput as NewIndicator,
} from '@gonglian/indicators'
import { withTenant, type Deps } from '@gonglian/tenancy'
import { aUser } from '@gonglian/tenancy/testing'
import { saveDraft } from './drafts.ts'
import { openReport } from './reports.ts'
import { acceptReport } from './reviews.ts'
import { submitReport } from './submissions.ts'

type ItemOptions = Partial<Pick<NewIndicator, 'nature' | 'additivity' | 'scale' | 'unit' | 'formula'>>
export type FormOptions = {
  code?: string
  frequency?: FormInput['frequency']
  fillerLevels?: FormInput['fillerLevels']
  due?: FormInput['due']
  rules?: FormInput['rules']
  opensOn?: string
  closesOn?: string | null
  /** How many flows that add up, or what each item is. */
  items?: number | ItemOptions[]
}

const WIDE = 50

let made = 0

/** The code of the n-th item (from 1) of a form made here. */
export function itemCode(formCode: string, position: number): string {
  return `${formCode.replaceAll('-', '_')}_${position}`
}

/** A form with indicators of its own, issued by a body; every level below the nation fills it in unless said otherwise. */
export async function aForm(deps: Deps, issuerId: number, options: FormOptions = {}): Promise<Form> {
  const code = options.code ?? `form-${++made}`
  const wanted = options.items ?? 3
  const items: ItemOptions[] = typeof wanted === 'number' ? Array.from({ length: wanted }, () => ({})) : wanted
  // Many items are parts of one indicator: defining thousands of indicators would take longer than any test of them.
  const isWide = items.length > WIDE
  return withTenant(deps, aUser(issuerId, 'officer'), async (ctx) => {
    for (const [index, item] of items.slice(0, isWide ? 1 : items.length).entries()) {
      await defineIndicator(
        ctx,
        IndicatorInput.parse({
          code: itemCode(code, index + 1),
          nameZh: `项目${index + 1}`,
          nameEn: `Item ${index + 1}`,
          domain: 'organisation',
          unit: '人',
          nature: 'flow',
          additivity: 'sum',
          ...item,
        }),
      )
    }
    return defineForm(
      ctx,
      FormInput.parse({
        code,
        nameZh: '测试报表',
        nameEn: 'Test form',
        frequency: options.frequency ?? 'quarter',
        fillerLevels: options.fillerLevels ?? ['province', 'city', 'county', 'township'],
        due: options.due ?? null,
        rules: options.rules ?? [],
        opensOn: options.opensOn ?? '2020-01-01',
        closesOn: options.closesOn ?? null,
        items: items.map((_, index) =>
          isWide ? { code: itemCode(code, 1), breakdownZh: `分项${index + 1}` } : { code: itemCode(code, index + 1) },
        ),
      }),
    )
  })
}

export type ReportOptions = {
  form: Form
  period: string
  tenantId: number
  /** From position 1; missing positions stay empty. */
  figures: readonly (number | null)[]
  /** Marks by position. */
  marks?: Readonly<Record<number, number>>
}

export type MadeReport = { reportId: number; version: number }

/** A report that an officer has begun and typed figures into. */
export async function aDraftReport(
  deps: Deps,
  { form, period, tenantId, figures, marks = {} }: ReportOptions,
): Promise<MadeReport> {
  return withTenant(deps, aUser(tenantId, 'officer'), async (ctx) => {
    const { reportId, version } = await openReport(ctx, { form: form.code, period })
    const cells = figures.map((value, index) => ({
      position: index + 1,
      value,
      mark: marks[index + 1] ?? 0,
      upper: null,
    }))
    const saved = await saveDraft(ctx, { reportId, version, cells })
    return { reportId, version: saved.version }
  })
}

/** A report that waits for the superior. */
export async function aSubmittedReport(deps: Deps, options: ReportOptions): Promise<MadeReport> {
  const { reportId, version } = await aDraftReport(deps, options)
  return withTenant(deps, aUser(options.tenantId, 'officer'), async (ctx) => {
    const submitted = await submitReport(ctx, { reportId, version, confirmWarnings: true, zero: false })
    return { reportId, version: submitted.version }
  })
}

/** A report that the superior has accepted. */
export async function anAcceptedReport(
  deps: Deps,
  options: ReportOptions & { superiorId: number },
): Promise<MadeReport> {
  const { reportId, version } = await aSubmittedReport(deps, options)
  return withTenant(deps, aUser(options.superiorId, 'reviewer'), async (ctx) => {
    const accepted = await acceptReport(ctx, { reportId, version })
    return { reportId, version: accepted.version }
  })
}
