import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useLiveEvent } from '../../live.tsx'

/** On a working day totals move all the time; nobody reads a desk that does. */
const pauseMs = 15_000

/** Loads the desk anew when totals moved, but not more than now and then, and when one comes back to it. */
export function useCalmRefresh(): void {
  const { revalidate } = useRevalidator()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const later = () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      if (document.visibilityState === 'visible') revalidate()
    }, pauseMs)
  }
  useLiveEvent('total', later)
  useLiveEvent('gap', later)
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') revalidate()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      if (timer.current) clearTimeout(timer.current)
    }
  }, [revalidate])
}
