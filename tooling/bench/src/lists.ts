import { appRouter, createCaller, createContext } from '@gonglian/api'
import type { SignedIn } from '@gonglian/auth'
import { aSession } from '@gonglian/auth/testing'
import { DomainError, systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { z } from 'zod'
import type { BenchHouse } from './house.ts'
import { findPercentile, judge, time, type Result } from './measure.ts'

const limitMs = 300
/** After so long one list is measured well enough. */
const enoughMs = 10_000

/** Questions beside the plain one, and what a list must be asked with. */
const questions: Readonly<Record<string, readonly object[]>> = {
  'appraisals.listAppraisals': [{ year: 2026 }],
  'bodies.listChildren': [{ code: '00' }],
  'bodies.listLinks': [{ code: '00' }],
  'bodies.listReorganisations': [{ code: '00' }],
  'bodies.listSuperiors': [{ code: '00' }],
  'bodies.searchFederations': [{ text: '镇' }],
  'employers.rankRates': [{ source: 'enterprise_database', listVersion: '2026-Q3' }],
  'members.judgeTraining': [{ year: 2026 }],
  'members.listRightsTrainings': [{ year: 2026 }],
  'progress.listStandings': [{ period: '2026-10' }],
  'reports.listTimeliness': [{ year: 2026 }],
  'reviews.listMissing': [
    { form: 'org-monthly', period: '2026-10' },
    { form: 'org-monthly', period: '2026-10', scope: 'all' },
  ],
  'search.findWork': [{ text: '会员', year: 2026 }],
  'transfers.listTransfers': [{ direction: 'sent' }, { direction: 'received' }],
  'unions.listStaffing': [{}, { page: 800 }, { onlyGaps: true }, { onlyGaps: true, page: 800 }],
  'unions.listUnions': [{}, { page: 50, sort: 'name' }],
  'women.listScreenings': [{ year: 2026 }],
}

const Procedure = z.object({ type: z.string(), inputs: z.array(z.instanceof(z.ZodType)) })
const Callable = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')
const Rows = z.object({ rows: z.array(z.record(z.string(), z.unknown())) })

/** Queries that answer with a list: by their name, or because they are read a page at a time. */
function listPaths(): string[] {
  return Object.entries(appRouter._def.procedures)
    .filter(([path, procedure]) => {
      const { type, inputs } = Procedure.parse(Reflect.get(Object(procedure), '_def'))
      const isPaged = inputs.some(
        (input) => 'pageSize' in (z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).properties ?? {}),
      )
      return type === 'query' && (isPaged || /\.(list|find|search|count|rank|judge)/.test(path))
    })
    .map(([path]) => path)
    .toSorted()
}

type Ask = (path: string, input: object) => Promise<unknown>

function openAsk(house: BenchHouse, actor: SignedIn): Ask {
  const caller = createCaller(createContext({ deps: house.deps, actor, translate: (_locale, key) => key }))
  return (path, input) => {
    const [router = '', name = ''] = path.split('.')
    return Callable.parse(Reflect.get(Reflect.get(caller, router), name))(input)
  }
}

/** The first of something that a list needs the id of, by the name the list gives it, if the demonstration has one. */
async function findFirst(ask: Ask, path: string, name: string, column = 'id'): Promise<object | null> {
  const { rows } = Rows.parse(await ask(path, { pageSize: 1 }))
  const id = rows[0]?.[column]
  return id === undefined ? null : { [name]: id }
}

/** Every list as the nation, page after page as screens ask; lists that the demonstration has nothing to ask about are named. */
export async function benchLists(
  house: BenchHouse,
  rounds: number,
  report: (result: Result) => void,
): Promise<Result[]> {
  const nation = await withTenant(house.deps, systemActor('bench', 0), (ctx) =>
    ctx.db.selectFrom('tenancy.federation').select('id').where('code', '=', '00').executeTakeFirstOrThrow(),
  )
  const open = async (name: string, ...roles: Role[]) =>
    openAsk(house, (await aSession(house.deps, nation.id, `00-bench-${process.pid}-${name}`, ...roles)).actor)
  const asks = [
    await open('business', 'leader', 'officer', 'reviewer', 'finance', 'auditor'),
    await open('sysadmin', 'sysadmin'),
    await open('auditadmin', 'auditadmin'),
  ]
  const [business] = asks
  if (business === undefined) throw new Error('nobody asks')
  const checklist = await findFirst(business, 'checklists.listChecklists', 'checklistId', 'checklistId')
  const found: Readonly<Record<string, object | null>> = {
    'checklists.countCompliance': checklist,
    'checklists.listCompliance': checklist,
    'ratings.compareBaseline': await findFirst(business, 'ratings.listBaselines', 'baselineId', 'baselineId'),
    'leads.listFounders': await findFirst(business, 'leads.listLeads', 'leadId'),
    'lists.listRows': await findFirst(business, 'lists.listLists', 'listId'),
    'unions.findObstacles': await findFirst(business, 'unions.listUnions', 'unionId'),
  }
  const results: Result[] = []
  const left: string[] = []
  for (const path of listPaths()) {
    const known = found[path]
    for (const question of questions[path] ?? [known ?? {}]) {
      let answered: Ask | null = null
      let reason = ''
      for (const ask of asks) {
        if (answered !== null) break
        try {
          await ask(path, question)
          answered = ask
        } catch (error) {
          const cause = error instanceof Error ? error.cause : undefined
          reason =
            cause instanceof DomainError ? cause.key : cause instanceof z.ZodError ? 'needs an id' : String(error)
        }
      }
      if (answered === null) {
        left.push(`${path} (${reason})`)
        continue
      }
      const samples: number[] = []
      const ask = answered
      // What is far above the limit need not be asked often to be known.
      for (let sum = 0; samples.length < rounds && sum < enoughMs; sum += samples.at(-1) ?? 0)
        samples.push((await time(() => ask(path, question))).ms)
      const shown = Object.keys(question).length === 0 ? '' : ` ${JSON.stringify(question)}`
      const result = judge(`${path}${shown}`, findPercentile(samples, 0.95), limitMs, 'ms')
      results.push(result)
      report(result)
    }
  }
  if (left.length > 0) console.log(`not asked: ${left.join(', ')}\n`)
  return results
}
