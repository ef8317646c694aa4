import { formatDate } from '@gonglian/ui'
import { createContext, useCallback, useContext, useMemo, type PropsWithChildren } from 'react'

const ClockContext = createContext<(() => Date) | null>(null)

/**
 * Gives the page the server's clock: the time the loader gave, plus what has passed since by the browser's stopwatch. The clock of the PC
 * is often wrong and is never read.
 *
 * @param now the server's time when the frame was loaded
 */
export function ClockProvider({ now, children }: PropsWithChildren<{ readonly now: string }>) {
  const clock = useMemo(() => {
    const server = Date.parse(now)
    const loaded = performance.now()
    return () => new Date(server + performance.now() - loaded)
  }, [now])
  return <ClockContext.Provider value={clock}>{children}</ClockContext.Provider>
}

/** The server's clock. Only inside the frame. */
export function useClock(): () => Date {
  const clock = useContext(ClockContext)
  if (clock === null) throw new Error('Used outside the frame')
  return clock
}

/** Today in Shanghai by the server's clock, "2026-09-05". Only inside the frame. */
export function useToday(): string {
  return formatDate(useClock()())
}

/** A field of a date that begins at today says so with the word `today`; here it becomes the day. */
export function useInitial(): (field: { readonly kind: string; readonly initial?: string }) => string {
  const today = useToday()
  return useCallback(({ kind, initial = '' }) => (kind === 'date' && initial === 'today' ? today : initial), [today])
}
