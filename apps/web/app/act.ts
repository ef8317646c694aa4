import type { Refusal } from '@gonglian/api'
import { useRevalidator } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { useCallback, useRef, useState } from 'react'
import { api, readRefusal, type Api } from './client.ts'
import { useProof } from './proof.tsx'

export { api, readRefusal, type Api }

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/**
 * Does something and loads the page's data anew. When the server asks for a fresh proof, the person is asked and the act is repeated. `refusal` stays until the next act or `clear`; what was typed is the page's own and
 * stays anyway. While one act is under way a second is not begun.
 */
export function useAct() {
  const text = useText()
  const askProof = useProof()
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
        const value = await work(api).catch(async (error: unknown) => {
          if (readRefusal(error)?.key === 'errors.proofNeeded' && (await askProof())) return work(api)
          throw error
        })
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
    [askProof, revalidate, text],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { act, busy, refusal, clear }
}
