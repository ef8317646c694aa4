import type { Caller, RouterInputs, RouterOutputs } from '@gonglian/api'
import { listNames } from '@gonglian/indicators/figures'
import { readSort } from '../../../table-export.ts'
import type { TableQuery } from '@gonglian/ui'

export type Indicator = RouterOutputs['indicators']['getIndicator']
type Listing = NonNullable<RouterInputs['indicators']['listIndicators']>
export type Domain = NonNullable<Listing['domain']>

const sorts = ['code', '-code', 'name', '-name', 'unit', '-unit'] as const

/** What the API is asked for, as the address says. An unknown domain is none. */
export function toListing(params: URLSearchParams, query: TableQuery, domains: readonly Domain[]): Listing {
  const domain = domains.find((known) => known === params.get('domain'))
  return {
    search: query.search.trim().slice(0, 60),
    ...(domain === undefined ? {} : { domain }),
    sort: readSort(query, sorts) ?? 'catalogue',
  }
}

/** An indicator with the parts of its formula by name, and the forms that ask for it. */
export async function readIndicator(api: Caller, code: string) {
  const indicator = await api.indicators.getIndicator({ code })
  const names =
    indicator.formula === null
      ? []
      : [...new Set(listNames(indicator.formula).map((name) => name.split('#')[0] ?? name))]
  const [parts, heads] = await Promise.all([
    Promise.all(names.map((name) => api.indicators.getIndicator({ code: name }))),
    api.forms.listForms({}),
  ])
  const forms = await Promise.all(heads.map((head) => api.forms.getForm({ code: head.code })))
  return {
    indicator,
    parts,
    asked: forms.flatMap((form) =>
      form.items
        .filter((item) => item.indicatorId === indicator.id)
        .map(({ position, breakdownZh, breakdownEn }) => ({
          form: { code: form.code, nameZh: form.nameZh, nameEn: form.nameEn },
          position,
          breakdownZh,
          breakdownEn,
        })),
    ),
  }
}
export type IndicatorView = Awaited<ReturnType<typeof readIndicator>>
