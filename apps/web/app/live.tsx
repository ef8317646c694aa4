import { useText } from '@gonglian/ui/text'
import { createContext, useContext, useEffect, useMemo, useRef, useState, type PropsWithChildren } from 'react'

type Listener = (data: unknown) => void
type Live = { readonly connected: boolean; readonly listen: (name: string, listener: Listener) => () => void }

const LiveContext = createContext<Live>({ connected: true, listen: () => () => undefined })

/** Keeps one line to the server open and hands its events to the pages that listen. The browser reconnects by itself. */
export function LiveProvider({ children }: PropsWithChildren) {
  const [connected, setConnected] = useState(true)
  const source = useRef<EventSource | null>(null)
  const listeners = useRef(new Map<string, Set<Listener>>())

  useEffect(() => {
    const opened = new EventSource('/live')
    source.current = opened
    opened.onopen = () => setConnected(true)
    opened.onerror = () => setConnected(false)
    for (const [name, heard] of listeners.current) attach(opened, name, heard)
    return () => opened.close()
  }, [])

  const live = useMemo<Live>(
    () => ({
      connected,
      listen: (name, listener) => {
        let heard = listeners.current.get(name)
        if (!heard) {
          heard = new Set()
          listeners.current.set(name, heard)
          if (source.current) attach(source.current, name, heard)
        }
        heard.add(listener)
        return () => heard.delete(listener)
      },
    }),
    [connected],
  )
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
}

function attach(source: EventSource, name: string, heard: ReadonlySet<Listener>): void {
  source.addEventListener(name, (event) => {
    const data: unknown = JSON.parse(event.data)
    for (const listener of heard) listener(data)
  })
}

/** Calls `listener` for each event of that name while the component stands. Parse the data: it comes from the network. */
export function useLiveEvent(name: string, listener: Listener): void {
  const { listen } = useContext(LiveContext)
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => listen(name, (data) => latest.current(data)), [name, listen])
}

/** Says so while the line is broken. */
export function LiveMark() {
  const { connected } = useContext(LiveContext)
  const text = useText()
  return connected ? null : (
    <span className="frame-offline" role="status">
      {text('frame.live.off')}
    </span>
  )
}
