import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDate, readTableQuery, selectRows } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { sendTable } from '../../table-file.ts'
import { findLightPeriod, findYear, listPlanRows, planReaders } from './plans.ts'

/** `GET /targets/export.csv` and `.xlsx`: the plans of a year as the list shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { now } = args.context
  const year = findYear(searchParams, now)
  const period = findLightPeriod(year, searchParams.get('period'), now)
  const plans = await ask(args, (api) => listPlanRows(api, args.context.visitor?.tenantId ?? 0, year, period))
  const { locale } = args.context
  return sendTable(
    args,
    translate(locale, 'targets.export.plans', { year }),
    [
      { title: translate(locale, 'targets.plan'), value: (plan) => plan.name },
      { title: translate(locale, 'targets.year'), value: (plan) => plan.year },
      { title: translate(locale, 'targets.issuer'), value: (plan) => plan.issuer.name },
      {
        title: translate(locale, 'targets.state'),
        value: (plan) => translate(locale, `targets.planState.${plan.state}`),
      },
      { title: translate(locale, 'targets.items'), value: (plan) => plan.items },
      ...(['green', 'yellow', 'red'] as const).map((light) => ({
        title: translate(locale, `states.light.${light}`),
        value: (plan: (typeof plans)[number]) => plan.lights[light],
      })),
      {
        title: translate(locale, 'targets.issuedAt'),
        value: (plan) => (plan.issuedAt ? formatDate(plan.issuedAt) : null),
      },
    ],
    selectRows(plans, planReaders, readTableQuery(searchParams, 'plans')),
  )
}
