import { useLocation, useRouteLoaderData, useSearchParams } from '@remix-run/react'
import { emptyTableQuery, readPeriod, readTableQuery, writeTableQuery, type TableQuery } from '@gonglian/ui'
import { useCallback, useMemo, useState } from 'react'
import type { loader as frameLoader } from './routes/frame/route.tsx'

/** The data of the frame: who I am, whom I act for. Only inside the frame. */
export function useFrame() {
  const frame = useRouteLoaderData<typeof frameLoader>('routes/frame/route')
  if (!frame) throw new Error('Used outside the frame')
  return frame
}

/** The working period of the whole product: `?period=`, else the one the frame proposes. */
export function usePeriod(): string {
  const [params] = useSearchParams()
  const { period } = useFrame()
  const asked = params.get('period')
  return readPeriod(asked) ? (asked ?? period) : period
}

/** An address inside the product that keeps the working period. */
export function useKeepingPeriod(): (path: string) => string {
  const { search } = useLocation()
  return useCallback(
    (path) => {
      const period = new URLSearchParams(search).get('period')
      if (period === null || path.includes('period=')) return path
      return `${path}${path.includes('?') ? '&' : '?'}period=${encodeURIComponent(period)}`
    },
    [search],
  )
}

/** Changes parameters of the address; null takes one out. Replaces the entry in the history, so that Back leaves the page. */
export function useAddress() {
  const [params, setParams] = useSearchParams()
  const change = useCallback(
    (changes: Readonly<Record<string, string | null>>) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true, preventScrollReset: true },
      )
    },
    [setParams],
  )
  return { params, change }
}

/** The state of one table, kept in the address under its id. `first` is the sort it starts with. */
export function useTableQuery(id: string, first: Partial<Pick<TableQuery, 'sort' | 'order'>> = {}) {
  const [params, setParams] = useSearchParams()
  const query = useMemo(() => {
    const read = readTableQuery(params, id)
    return params.has(`${id}.sort`)
      ? read
      : { ...read, sort: first.sort ?? null, order: first.order ?? emptyTableQuery.order }
  }, [params, id, first.sort, first.order])
  const change = useCallback(
    (next: TableQuery) =>
      setParams((before) => writeTableQuery(before, id, next), { replace: true, preventScrollReset: true }),
    [setParams, id],
  )
  return [query, change] as const
}

/**
 * What is open beside the page, kept in the address under `name`. It opens at once; the address follows when the page's data has come
 * again.
 */
export function useOpened(name: string) {
  const { params, change } = useAddress()
  const [opened, setOpened] = useState(params.get(name))
  const show = useCallback(
    (next: string | null) => {
      setOpened(next)
      change({ [name]: next })
    },
    [change, name],
  )
  return [opened, show] as const
}
