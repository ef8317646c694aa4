import { sql } from 'kysely'
import { addFederations, listTree, systemActor, withTenant, type Deps, type NewFederation } from '@gonglian/tenancy'
import { aSmallTree, aUser } from '@gonglian/tenancy/testing'
import { FormInput } from './form-inputs.ts'
import { defineForm } from './form-versions.ts'
import { historyReports } from './history.ts'
import type { Form } from './forms.ts'
import { IndicatorInput } from './indicator-inputs.ts'
import { defineIndicator } from './indicators.ts'
import { loadCatalogue, loadForms } from './national.ts'

/** The national catalogue, calendar and forms, for a test whose national body has this id. */
export async function aCatalogue(deps: Deps, nationalId: number): Promise<void> {
  await withTenant(deps, systemActor('loader', nationalId), async (ctx) => {
    await loadCatalogue(ctx)
    await loadForms(ctx)
  })
}

/** The small country with every body the reports of the past tell of, two of them closed since. Returns code -> id. */
export async function thePastsBodies(deps: Deps): Promise<Map<string, number>> {
  const small = await aSmallTree(deps)
  const codes = new Set(historyReports().map((report) => report.bodyCode))
  const bodies = [...codes]
    .filter((code) => !small.has(code))
    .map((code): NewFederation => ({
      code,
      name: `${code}总工会`,
      shortName: code,
      level: 'county',
      parentCode: '00',
      validFrom: '1990-01-01',
      ...(code === 'XIANG' || code === 'SZCITY' ? { validTo: '2020-01-01' } : {}),
    }))
  return withTenant(deps, systemActor('test', 0), async (ctx) => {
    await addFederations(ctx, bodies)
    return new Map((await listTree(ctx)).map((body) => [body.code, body.id]))
  })
}

/** Waits until somebody in the test's database waits for a lock: the moment two writers have met. */
export async function untilBlocked(test: { deps: Deps }): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      test.deps.db,
    )
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

type ItemOptions = Partial<Pick<IndicatorInput, 'nature' | 'additivity' | 'scale' | 'unit' | 'formula'>>
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

export { sourceFigures } from '../data/history/source-figures.ts'
