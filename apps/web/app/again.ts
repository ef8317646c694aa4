import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

const againMs = 1200

/** Loads a page's data again and again while something it shows is under way. */
export function useAgainWhile(underWay: boolean): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!underWay || state !== 'idle') return
    const timer = setTimeout(revalidate, againMs)
    return () => clearTimeout(timer)
  }, [underWay, state, revalidate])
}
