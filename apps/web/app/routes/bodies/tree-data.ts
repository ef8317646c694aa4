import type { Caller } from '@gonglian/api'
import type { BodyNode } from '@gonglian/ui'
import { readEveryPage } from '../../every-page.ts'
import type { Body, BodyBelow, Tree } from './body.ts'

export function toNode(body: BodyBelow): BodyNode {
  return { code: body.code, name: body.name, level: body.level, childCount: body.childCount }
}

async function countBelow(api: Caller, body: Body, tree: Tree): Promise<BodyNode> {
  const { total } = await api.bodies.listChildren({ code: body.code, hierarchy: tree, pageSize: 1 })
  return toNode({ ...body, childCount: total })
}

/**
 * Where the tree begins for a reader: at the highest superior, down whose line only the reader's own branch is in sight. The line of an
 * industry begins at its highest union; a federation has one beginning for each industry union it leads.
 */
export async function readRoots(api: Caller, own: Body, tree: Tree): Promise<{ roots: BodyNode[]; open: string[] }> {
  const superiors = await api.bodies.listSuperiors({ code: own.code, hierarchy: tree })
  const line = superiors.length > 0 ? superiors : [own]
  if (tree === 'line' && own.kind === 'regional') {
    const industries = (await readEveryPage((part) => api.bodies.listChildren({ code: own.code, ...part }))).filter(
      ({ kind }) => kind === 'industry',
    )
    const roots = await Promise.all(industries.map((body) => countBelow(api, body, tree)))
    return { roots, open: roots.length === 1 ? roots.map(({ code }) => code) : [] }
  }
  const [top] = line
  return { roots: top ? [await countBelow(api, top, tree)] : [], open: line.map(({ code }) => code) }
}
