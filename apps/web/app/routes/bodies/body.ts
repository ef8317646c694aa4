import type { Caller, RouterOutputs } from '@gonglian/api'
import { mayDo } from '@gonglian/tenancy/permissions'
import { readEveryPage } from '../../every-page.ts'
import type { Visitor } from '../../../server/door.ts'

export type Tree = 'regional' | 'line'
export type Body = RouterOutputs['bodies']['getFederation']
export type BodyBelow = RouterOutputs['bodies']['listChildren']['rows'][number]

export function readTree(params: URLSearchParams): Tree {
  return params.get('tree') === 'line' ? 'line' : 'regional'
}

/** How the body stands and whether it hands in on time: of one's own body and of those below, nobody else's figures are in sight. */
async function readFigures(
  api: Caller,
  {
    code,
    own,
    period,
    superiors,
    guides,
    body,
  }: {
    readonly code: string
    readonly own: number | undefined
    readonly period: string
    readonly superiors: readonly Body[]
    readonly guides: readonly Body[]
    readonly body: Body
  },
) {
  if (![...superiors, ...guides, body].some(({ id }) => id === own)) return null
  const [standings, timeliness] = await Promise.all([
    api.progress.listStandings({ period, body: code }),
    api.reports.listTimeliness({ year: Number(period.slice(0, 4)), body: code }),
  ])
  return { standings, timeliness }
}

/** What a body's page shows, as far as the reader sees it. */
export async function readBody(api: Caller, code: string, visitor: Visitor | null, period: string) {
  const roles = visitor?.roles ?? []
  const readsForms = mayDo(roles, 'form:read') && mayDo(roles, 'report:read')
  const [body, superiors, guides, links, children, guided, former, reorganisations, forms] = await Promise.all([
    api.bodies.getFederation({ code }),
    api.bodies.listSuperiors({ code }),
    api.bodies.listSuperiors({ code, hierarchy: 'line' }),
    api.bodies.listLinks({ code }),
    readEveryPage((part) => api.bodies.listChildren({ code, ...part })),
    readEveryPage((part) => api.bodies.listChildren({ code, hierarchy: 'line', ...part })),
    api.bodies.readFormerSelf({ code }),
    api.bodies.listReorganisations({ code }),
    readsForms ? api.forms.listForms({}) : [],
  ])
  const figures = readsForms
    ? await readFigures(api, { code, own: visitor?.tenantId, period, superiors, guides, body })
    : null
  const year = Number(period.slice(0, 4))
  return { body, superiors, guides, links, children, guided, former, reorganisations, forms, figures, year }
}
export type BodyView = Awaited<ReturnType<typeof readBody>>
