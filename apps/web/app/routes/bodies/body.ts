import type { Caller, RouterOutputs } from '@gonglian/api'
import { mayDo } from '@gonglian/tenancy/permissions'
import type { Visitor } from '../../../server/door.ts'

export type Tree = 'regional' | 'line'
export type Body = RouterOutputs['bodies']['getFederation']
export type BodyBelow = RouterOutputs['bodies']['listChildren'][number]

export function readTree(params: URLSearchParams): Tree {
  return params.get('tree') === 'line' ? 'line' : 'regional'
}

/** What a body's page shows, as far as the reader sees it. */
export async function readBody(api: Caller, code: string, visitor: Visitor | null) {
  const roles = visitor?.roles ?? []
  const readsForms = mayDo(roles, 'form:read') && mayDo(roles, 'report:read')
  const [body, superiors, guides, links, children, guided, forms] = await Promise.all([
    api.bodies.getFederation({ code }),
    api.bodies.listSuperiors({ code }),
    api.bodies.listSuperiors({ code, hierarchy: 'line' }),
    api.bodies.listLinks({ code }),
    api.bodies.listChildren({ code }),
    api.bodies.listChildren({ code, hierarchy: 'line' }),
    readsForms ? api.forms.listForms({}) : [],
  ])
  return { body, superiors, guides, links, children, guided, forms }
}
export type BodyView = Awaited<ReturnType<typeof readBody>>
