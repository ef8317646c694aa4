import { useEffect, useMemo, useState } from 'react'
import type { BodyLevel } from './bodies.ts'

export type BodyNode = {
  /** Unique over all bodies, and what addresses name them by. */
  readonly code: string
  readonly name: string
  readonly level: BodyLevel
  readonly childCount: number
}

export type LoadBodies = (parentCode: string) => Promise<readonly BodyNode[]>

type Branch = 'loading' | 'failed' | readonly BodyNode[]

/** Which branches are open and what has been fetched of them; the visible rows, flat, in order. */
export function useBodyBranches(roots: readonly BodyNode[], loadChildren: LoadBodies, openAtFirst: readonly string[]) {
  const [branches, setBranches] = useState<Readonly<Record<string, Branch>>>({})
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(openAtFirst))

  const load = (code: string) => {
    setBranches((known) => ({ ...known, [code]: 'loading' }))
    loadChildren(code).then(
      (children) => setBranches((known) => ({ ...known, [code]: children })),
      () => setBranches((known) => ({ ...known, [code]: 'failed' })),
    )
  }
  const rows = useMemo(() => listRows(roots, branches, open), [roots, branches, open])

  useEffect(() => {
    for (const { body } of rows) if (open.has(body.code) && branches[body.code] === undefined) load(body.code)
    // A branch that opens at first shows up as the one above it arrives: look again whenever the rows change.
  }, [rows])

  const toggle = (body: BodyNode) => {
    const next = new Set(open)
    if (!next.delete(body.code)) {
      next.add(body.code)
      if (branches[body.code] === undefined || branches[body.code] === 'failed') load(body.code)
    }
    setOpen(next)
  }
  return {
    rows,
    toggle,
    isOpen: (code: string) => open.has(code),
    isFailed: (code: string) => open.has(code) && branches[code] === 'failed',
  }
}

type Row = { readonly body: BodyNode; readonly depth: number }

function listRows(
  roots: readonly BodyNode[],
  branches: Readonly<Record<string, Branch>>,
  open: ReadonlySet<string>,
): Row[] {
  const rows: Row[] = []
  const walk = (bodies: readonly BodyNode[], depth: number) => {
    for (const body of bodies) {
      rows.push({ body, depth })
      const branch = branches[body.code]
      if (open.has(body.code) && typeof branch === 'object') walk(branch, depth + 1)
    }
  }
  walk(roots, 0)
  return rows
}
