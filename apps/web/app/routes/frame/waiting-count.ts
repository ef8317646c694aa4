import { useLocation, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../act.ts'
import { useLiveEvent } from '../../live.tsx'

/** Other people's work changes the number too; it need not follow every single report. */
const pauseMs = 15_000

/** Lines of the desk, and daily messages that nobody has read. */
export type WaitingCount = { readonly total: number; readonly unread: number }

/**
 * How much waits on the desk, asked for beside the page so that no page waits for it: after each page, each act, and when totals move.
 * Null while unknown.
 */
export function useWaitingCount(): WaitingCount | null {
  const { pathname } = useLocation()
  const isIdle = useRevalidator().state === 'idle'
  const [count, setCount] = useState<WaitingCount | null>(null)
  const [asked, setAsked] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const later = () => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      setAsked((times) => times + 1)
    }, pauseMs)
  }
  useLiveEvent('total', later)
  useLiveEvent('gap', later)
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  useEffect(() => {
    if (!isIdle) return
    let stale = false
    api.tasks.countTasks.query().then(
      ({ total, unread }) => stale || setCount({ total, unread }),
      // The number before stays: a badge is no place for an error.
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [isIdle, pathname, asked])
  return count
}
