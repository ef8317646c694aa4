import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { approvals as approvalsDomain, domains } from '@gonglian/domains'
import { organisation } from '@gonglian/organisation'
import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { bodies } from './bodies.ts'
import { desk } from './desk.ts'
import { files } from './files.ts'
import { forms } from './forms.ts'
import { imports } from './imports.ts'
import { indicators } from './indicators.ts'
import { members } from './members.ts'
import { overview } from './overview.ts'
import { parameters } from './parameters.ts'
import { progress } from './progress.ts'
import { reports } from './reports.ts'
import { reviews } from './reviews.ts'
import { targets } from './targets.ts'
import { tasks } from './tasks.ts'
import { totals } from './totals.ts'
import { transfers } from './transfers.ts'
import { urges } from './urges.ts'
import { approvals } from './approvals.ts'
import { appraisals } from './appraisals.ts'
import { cadres } from './cadres.ts'
import { checklists } from './checklists.ts'
import { ratings } from './ratings.ts'
import { women } from './women.ts'
import { employers } from './employers.ts'
import { lists } from './lists.ts'
import { leads } from './leads.ts'
import { unions } from './unions.ts'
import { coverage } from './coverage.ts'
import { terms } from './terms.ts'
import { congresses } from './congresses.ts'
import { routeDomain, routeFiles } from './declared.ts'
import { routePapers } from './papers.ts'
import { createCallerFactory, router } from './procedures.ts'
import { queue } from './queue.ts'
import { routeSearch } from './search.ts'
import { session } from './session.ts'

/** All that may be asked of the house. Each name is the domain function behind it. */
export const appRouter = router({
  ...routeDomain(organisation),
  ...routeDomain(approvalsDomain),
  records: routeFiles(domains),
  accounts,
  appraisals,
  approvals,
  audit,
  bodies,
  cadres,
  checklists,
  congresses,
  coverage,
  desk,
  employers,
  files,
  forms,
  imports,
  indicators,
  leads,
  lists,
  members,
  overview,
  papers: routePapers(domains),
  parameters,
  progress,
  queue,
  ratings,
  reports,
  reviews,
  search: routeSearch(domains),
  session,
  targets,
  tasks,
  terms,
  totals,
  transfers,
  unions,
  urges,
  women,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

/** For the server's own pages: the same procedures and guards, without HTTP. */
export const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>
