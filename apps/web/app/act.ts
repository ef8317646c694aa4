import type { AppRouter, Refusal } from '@gonglian/api'
import { transformer } from '@gonglian/api/wire'
import { useRevalidator } from '@remix-run/react'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { useText } from '@gonglian/ui/text'
import { useCallback, useRef, useState } from 'react'

/** The API from the browser: the page's own cookie, the same guards. */
export const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc', transformer })] })
export type Api = typeof api

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** What the server said against it; null when it never answered. */
export function readRefusal(error: unknown): Refusal | null {
  return error instanceof TRPCClientError ? (error.data?.refusal ?? null) : null
}

/**
 * Does something and loads the page's data anew. `refusal` stays until the next act or `clear`; what was typed is the page's own and
 * stays anyway. While one act is under way a second is not begun.
 */
export function useAct() {
  const text = useText()
  const { revalidate } = useRevalidator()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const running = useRef(false)
  const act = useCallback(
    async <T>(work: (client: Api) => Promise<T>): Promise<Outcome<T> | null> => {
      if (running.current) return null
      running.current = true
      setBusy(true)
      setRefusal(null)
      try {
        const value = await work(api)
        revalidate()
        return { ok: true, value }
      } catch (error) {
        const said: Refusal = readRefusal(error) ?? {
          code: 'fault',
          status: 0,
          key: 'errors.unreachable',
          params: {},
          message: text('errors.unreachable'),
          fields: [],
          requestId: '',
        }
        setRefusal(said)
        return { ok: false, refusal: said }
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [revalidate, text],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { act, busy, refusal, clear }
}
