import { domains } from '@gonglian/domains'
import { feeds } from '@gonglian/domains/feeds'
import { Period } from '@gonglian/indicators'
import { readOverview } from '@gonglian/inspection'
import { countBelow } from '@gonglian/records'
import { FederationCode, found } from '@gonglian/tenancy'
import { z } from 'zod'
import { router, tenantProcedure } from './procedures.ts'

const name = z.string().max(40)

/** What a domain declares of its start page. */
function findOverview(domain: string) {
  const { overview, tasks } = found(
    domains.find((one) => one.name === domain),
    'records.noList',
  )
  return { overview: found(overview, 'records.noList'), tasks, feeds }
}

/** Start pages of domains, and their lists by the level below. */
export const overview = router({
  readOverview: tenantProcedure
    .input(z.object({ domain: name, period: Period }))
    .query(({ ctx, input }) => readOverview(ctx.tenant, findOverview(input.domain), input.period)),
  countListBelow: tenantProcedure
    .input(z.object({ domain: name, list: name, body: FederationCode.optional() }))
    .query(({ ctx, input }) => {
      const { groupings } = findOverview(input.domain).overview
      const grouping = found(
        groupings.find((one) => one.name === input.list),
        'records.noList',
      )
      return countBelow(ctx.tenant, grouping, input)
    }),
})
