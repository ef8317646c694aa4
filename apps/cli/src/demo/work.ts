import { writePeriod, type Form } from '@gonglian/indicators'
import { GetReport, getReport, returnReport } from '@gonglian/reporting'
import { drainDirty } from '@gonglian/rollup'
import { withTenant, type Deps, type UserActor } from '@gonglian/tenancy'
import type { DemoBody } from './tree.ts'
import type { Unfinished } from './reports.ts'

const county = '513221'
const city = '5132'
/** Of the county's townships: not yet reported, and reported but not yet reviewed. */
const missingTownships = ['513221100', '513221107', '513221109']
const waitingTownships = ['513221102', '513221103', '513221105']
const returnedTownship = '513221105'

/** What is left for people to do: in one county townships report and are reviewed, in its city the counties wait. */
export function planWork(bodies: readonly DemoBody[]): Unfinished & { readonly unanswered: ReadonlySet<string> } {
  const isCounty = (body: DemoBody) => body.level === 'county' && body.code.startsWith(city)
  const ids = (wanted: (body: DemoBody) => boolean) => new Set(bodies.filter(wanted).map((body) => body.id))
  return {
    missing: ids((body) => missingTownships.includes(body.code) || body.code === county || body.code === city),
    waiting: ids((body) => waitingTownships.includes(body.code) || (isCounty(body) && body.code !== county)),
    unanswered: new Set(['513221100', '513221107', '513227']),
  }
}

/** The county's reviewer has sent one report back, with the cells and why. */
export async function leaveWork(
  deps: Deps,
  input: { form: Form; bodies: readonly DemoBody[]; year: number; last: number },
): Promise<void> {
  const { form, bodies } = input
  const idOf = (code: string) => bodies.find((body) => body.code === code)?.id ?? 0
  const period = writePeriod('month', input.year - 1 + Math.floor(input.last / 12), (input.last % 12) + 1)
  const reviewer: UserActor = {
    kind: 'user',
    accountId: 0,
    username: `${county}-reviewer`,
    displayName: '',
    tenantId: idOf(county),
    roles: ['reviewer'],
    locale: 'zh-CN',
    isProved: true,
    requestId: '',
    address: '',
  }
  const position = form.items.find((item) => item.code === 'rights_cases_closed')?.position ?? 1
  await withTenant(deps, reviewer, async (ctx) => {
    const { reportId, version, state } = await getReport(
      ctx,
      GetReport.parse({ form: form.code, period, body: returnedTownship }),
    )
    if (state !== 'submitted' || reportId === null) return
    await returnReport(ctx, {
      reportId,
      version,
      faults: [{ position, reason: '办结件数与上月台账不符，请核对后重报' }],
    })
  })
  await drainDirty(deps)
}
