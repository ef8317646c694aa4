import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { approvals as approvalsDomain, domains } from '@gonglian/domains'
import { organisation } from '@gonglian/organisation'
import { accounts } from './accounts.ts'
import { organisationRouters } from './organisation/index.ts'
import { audit } from './audit.ts'
import { bodies } from './bodies.ts'
import { desk } from './desk.ts'
import { files } from './files.ts'
import { forms } from './forms.ts'
import { indicators } from './indicators.ts'
import { overview } from './overview.ts'
import { parameters } from './parameters.ts'
import { progress } from './progress.ts'
import { reports } from './reports.ts'
import { reviews } from './reviews.ts'
import { targets } from './targets.ts'
import { tasks } from './tasks.ts'
import { totals } from './totals.ts'
import { urges } from './urges.ts'
import { approvals } from './approvals.ts'
import { routeDomain, routeFiles } from './declared.ts'
import { routePapers } from './papers.ts'
import { createCallerFactory, router } from './procedures.ts'
import { queue } from './queue.ts'
import { routeSearch } from './search.ts'
import { session } from './session.ts'

/** All that may be asked of the house. Each name is the domain function behind it. */
export const appRouter = router({
  ...routeDomain(organisation),
  ...organisationRouters,
  ...routeDomain(approvalsDomain),
  records: routeFiles(domains),
  accounts,
  approvals,
  audit,
  bodies,
  desk,
  files,
  forms,
  indicators,
  overview,
  papers: routePapers(domains),
  parameters,
  progress,
  queue,
  reports,
  reviews,
  search: routeSearch(domains),
  session,
  targets,
  tasks,
  totals,
  urges,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

/** For the server's own pages: the same procedures and guards, without HTTP. */
export const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>
