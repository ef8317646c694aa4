import { useNavigate } from '@remix-run/react'
import { BodyTree, EmptyState, useText, type BodyNode } from '@gonglian/ui'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../act.ts'
import { useAddress } from '../../address.ts'
import { readEveryPage } from '../../every-page.ts'
import type { Tree } from './body.ts'
import { Finder } from './finder.tsx'
import { toNode } from './tree-data.ts'

export type BodySideProps = {
  readonly tree: Tree
  readonly roots: readonly BodyNode[]
  /** Branches open at first. */
  readonly open: readonly string[]
  readonly chosen: string
}

/** Search over the tree; the tree shows where the chosen body stands, however one came to it. */
export function BodySide({ tree, roots, open, chosen }: BodySideProps) {
  const text = useText()
  const { params, change } = useAddress()
  const go = useGoToBody()
  const fetched = useRef(new Map<string, Promise<readonly BodyNode[]>>())
  const picked = useRef(chosen)
  const [shown, setShown] = useState({ place: 0, open })

  const loadChildren = useCallback(
    (code: string) => {
      const known = fetched.current.get(code)
      if (known) return known
      const asked = readEveryPage((part) => api.bodies.listChildren.query({ code, hierarchy: tree, ...part })).then(
        (bodies) => bodies.map(toNode),
      )
      fetched.current.set(code, asked)
      asked.catch(() => fetched.current.delete(code))
      return asked
    },
    [tree],
  )

  useEffect(() => {
    if (picked.current === chosen) return
    picked.current = chosen
    let gone = false
    api.bodies.listSuperiors.query({ code: chosen, hierarchy: tree }).then(
      (line) => {
        if (!gone) setShown(({ place }) => ({ place: place + 1, open: line.slice(0, -1).map(({ code }) => code) }))
      },
      // The page of the body says what is wrong; the tree stays as it was.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [chosen, tree])

  const choose = (code: string) => {
    picked.current = code
    go(code)
  }
  const find = params.get('find') ?? ''
  const openCodes = useMemo(() => [...shown.open], [shown])
  return (
    <>
      <Finder query={find} onQuery={(query) => change({ find: query === '' ? null : query })} />
      {find.trim() === '' ? (
        <>
          <div className="gl-segments" role="group" aria-label={text('body.tree.kind')}>
            {(['regional', 'line'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={kind === tree}
                onClick={() => change({ tree: kind === 'line' ? kind : null })}
              >
                {text(`body.tree.${kind}`)}
              </button>
            ))}
          </div>
          {roots.length === 0 ? (
            <EmptyState title={text('body.tree.noLine')} />
          ) : (
            <div className="bodies-tree">
              <BodyTree
                key={shown.place}
                roots={roots}
                loadChildren={loadChildren}
                selectedCode={chosen}
                onSelect={({ code }) => choose(code)}
                openCodes={openCodes}
              />
            </div>
          )}
        </>
      ) : null}
    </>
  )
}

/** To a body's page; period, tree and search stay in the address. */
export function useGoToBody(): (code: string) => void {
  const navigate = useNavigate()
  const { params } = useAddress()
  return (code) => navigate({ pathname: `/bodies/${encodeURIComponent(code)}`, search: keepChoice(params) })
}

/** What of the address goes along from body to body: a table's own state does not. */
export function keepChoice(params: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of ['period', 'tree', 'find']) {
    const value = params.get(name)
    if (value !== null) kept.set(name, value)
  }
  const search = kept.toString()
  return search === '' ? '' : `?${search}`
}
