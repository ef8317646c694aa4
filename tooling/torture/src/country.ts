import { addDemonstrationAccounts } from '@gonglian/auth'
import {
  FormInput,
  IndicatorInput,
  currentPeriod,
  defineForm,
  defineIndicator,
  previousPeriod,
  type Form,
} from '@gonglian/indicators'
import {
  addFederations,
  systemActor,
  withTenant,
  type Actor,
  type Deps,
  type Level,
  type NewFederation,
} from '@gonglian/tenancy'

/** Of all accounts; nobody keeps the installation. */
export const password = 'Corn-4711-field'

export type PlantedBody = { readonly id: number; readonly code: string; readonly level: Level }
export type Place = { readonly form: string; readonly period: string }
export type Country = {
  readonly bodies: readonly PlantedBody[]
  readonly links: readonly { child: string; parent: string; hierarchy: 'regional' | 'line' }[]
  readonly forms: readonly Form[]
  /** What is reported: of each form the running period, of some one that is over too. */
  readonly places: readonly Place[]
}

export const usernameOf = (code: string) => `${code.toLowerCase()}-all`
const founded = '1990-01-01'

const area = (code: string, level: Level, parentCode?: string): NewFederation => ({
  code,
  name: `第${code}总工会`,
  shortName: `第${code}`,
  level,
  validFrom: founded,
  ...(parentCode === undefined ? {} : { parentCode }),
})
const industry = (code: string, level: Level, parentCode: string, lineParentCode?: string): NewFederation => ({
  ...area(code, level, parentCode),
  name: `${code}交通运输工会`,
  kind: 'industry',
  unionKind: 'INDUSTRY_UNION',
  ...(lineParentCode === undefined ? {} : { lineParentCode }),
})

const countyCodes = ['510101', '510102', '510103', '510201', '510202']
const tree: readonly NewFederation[] = [
  area('00', 'national'),
  area('51', 'province', '00'),
  area('5101', 'city', '51'),
  area('5102', 'city', '51'),
  ...countyCodes.map((code) => area(code, 'county', code.slice(0, 4))),
  ...countyCodes.flatMap((county) =>
    ['100', '101', '102', '103'].map((end) => area(`${county}${end}`, 'township', county)),
  ),
  industry('00JT', 'national', '00'),
  industry('51JT', 'province', '51', '00JT'),
  industry('5101JT', 'city', '5101', '51JT'),
  industry('5102JT', 'city', '5102', '51JT'),
]

/** Two items that add up, one that is a stock, one that adds up over no bodies. */
const items = [{}, {}, { nature: 'stock' as const }, { additivity: 'distinct' as const }]

/** One province with an industry's line, three forms (one is not for counties, one for townships alone) and an account for each body. */
export async function plantCountry(deps: Deps, today: string): Promise<Country> {
  const bodies = await withTenant(deps, systemActor('torture', 0), async (ctx) => {
    await addFederations(ctx, tree)
    return ctx.db.selectFrom('tenancy.federation').select(['id', 'code', 'level']).orderBy('id').execute()
  })
  const root = bodies.find((body) => body.code === '00')?.id ?? 0
  const everywhere = await addForm(deps, root, 'all-levels', 'quarter', ['province', 'city', 'county', 'township'])
  const passing = await addForm(deps, root, 'not-counties', 'quarter', ['province', 'city', 'township'])
  const lowest = await addForm(deps, root, 'townships', 'month', ['township'])
  const quarter = currentPeriod('quarter', today)
  for (const body of bodies) await addAccount(deps, body)
  return {
    bodies,
    links: tree.flatMap(({ code, parentCode, lineParentCode }) => [
      ...(parentCode === undefined ? [] : [{ child: code, parent: parentCode, hierarchy: 'regional' as const }]),
      ...(lineParentCode === undefined ? [] : [{ child: code, parent: lineParentCode, hierarchy: 'line' as const }]),
    ]),
    forms: [everywhere, passing, lowest],
    places: [
      { form: everywhere.code, period: quarter },
      { form: everywhere.code, period: previousPeriod(quarter) },
      { form: passing.code, period: quarter },
      { form: lowest.code, period: currentPeriod('month', today) },
    ],
  }
}

/** One account that may do all a body does with reports and with those below it. */
export async function addAccount(deps: Deps, body: { readonly id: number; readonly code: string }): Promise<void> {
  await withTenant(deps, systemActor('torture', body.id), (ctx) =>
    addDemonstrationAccounts(
      ctx,
      [
        {
          tenantId: body.id,
          username: usernameOf(body.code),
          displayName: body.code,
          roles: ['leader', 'officer', 'reviewer'],
        },
      ],
      password,
    ),
  )
}

/** A form with indicators of its own, issued by the nation. */
async function addForm(
  deps: Deps,
  root: number,
  code: string,
  frequency: FormInput['frequency'],
  fillerLevels: FormInput['fillerLevels'],
): Promise<Form> {
  const codes = items.map((_, index) => `${code.replaceAll('-', '_')}_${index + 1}`)
  const officer: Actor = {
    kind: 'user',
    accountId: 0,
    username: 'torture',
    displayName: 'torture',
    tenantId: root,
    roles: ['officer'],
    locale: 'zh-CN',
    isProved: true,
    requestId: 'torture',
    address: '',
  }
  return withTenant(deps, officer, async (ctx) => {
    for (const [index, item] of items.entries())
      await defineIndicator(
        ctx,
        IndicatorInput.parse({
          code: codes[index],
          nameZh: `项目${index + 1}`,
          nameEn: `Item ${index + 1}`,
          domain: 'organisation',
          unit: '人',
          nature: 'flow',
          additivity: 'sum',
          ...item,
        }),
      )
    const input = { code, nameZh: '报表', nameEn: 'Form', frequency, fillerLevels, due: null, opensOn: '2020-01-01' }
    return defineForm(ctx, FormInput.parse({ ...input, items: codes.map((own) => ({ code: own })) }))
  })
}
