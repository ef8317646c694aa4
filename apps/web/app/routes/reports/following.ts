import { useNavigate } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import { useRevalidator } from '@remix-run/react'
import { useAddress } from '../../address.ts'
import { useLiveEvent } from '../../live.tsx'
import { inRhythmOf, isWithin } from './addresses.ts'

/**
 * For pages whose path holds the period: whoever picks another one in the frame comes to the same page of that period; whoever
 * came by a link without it finds it in the frame.
 */
export function useFollowedPeriod(period: string, pathOf: (period: string) => string): void {
  const { params, change } = useAddress()
  const navigate = useNavigate()
  const asked = params.get('period')
  const shown = useRef<string | null>(null)
  useEffect(() => {
    const isNew = shown.current !== period
    shown.current = period
    if (asked !== null && isWithin(asked, period)) return
    if (isNew || asked === null) change({ period })
    else navigate(pathOf(inRhythmOf(asked, period)))
    // Only another period moves the page.
  }, [asked, period])
}

const Moved = z.object({ formId: z.int(), period: z.string() })
/** A burst of reports makes one reload. */
const gatherMs = 400

/** Loads the page's data anew when totals that concern it have moved, when events may have been missed, and when one comes back to it. */
export function useFreshData(concerns: (moved: { readonly formId: number; readonly period: string }) => boolean): void {
  const { revalidate } = useRevalidator()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const soon = useRef(() => undefined)
  soon.current = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(revalidate, gatherMs)
  }
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') soon.current()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      clearTimeout(timer.current)
    }
  }, [])
  useLiveEvent('total', (data) => {
    const moved = Moved.safeParse(data)
    if (moved.success && concerns(moved.data)) soon.current()
  })
  useLiveEvent('gap', () => soon.current())
}
