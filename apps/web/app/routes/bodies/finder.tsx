import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { ErrorState, useText } from '@gonglian/ui'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { api } from '../../act.ts'
import { useAddress } from '../../address.ts'
import { keepChoice } from './side.tsx'

type Found = RouterOutputs['bodies']['searchFederations']
const pauseMs = 200
const most = 50

/** Bodies by name, code, pinyin or its initials; arrow keys go from the field into the hits. */
export function Finder({ query, onQuery }: { readonly query: string; readonly onQuery: (query: string) => void }) {
  const text = useText()
  const { params } = useAddress()
  const [typed, setTyped] = useState(query)
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState(false)
  const [again, setAgain] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const wanted = query.trim()

  useEffect(() => setTyped(query), [query])
  useEffect(() => {
    if (typed === query) return
    const timer = setTimeout(() => onQuery(typed), pauseMs)
    return () => clearTimeout(timer)
    // Only typing starts the clock.
  }, [typed])
  useEffect(() => {
    setFailed(false)
    if (wanted === '') return setFound(null)
    const gone = new AbortController()
    api.bodies.searchFederations.query({ text: wanted, limit: most }, { signal: gone.signal }).then(setFound, () => {
      if (!gone.signal.aborted) setFailed(true)
    })
    return () => gone.abort()
  }, [wanted, again])

  const steer = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onQuery('')
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const stops = [...(box.current?.querySelectorAll<HTMLElement>('input, a') ?? [])]
    const at = stops.findIndex((stop) => stop === document.activeElement)
    stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
    event.preventDefault()
  }
  return (
    <div className="bodies-finder" ref={box} onKeyDown={steer}>
      <input
        type="search"
        className="gl-input"
        aria-label={text('body.find')}
        placeholder={text('body.find.hint')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {wanted === '' ? null : failed ? (
        <ErrorState onRetry={() => setAgain(again + 1)} />
      ) : (
        <>
          <p className="gl-hint" role="status">
            {found === null
              ? text('bodies.picker.loading')
              : found.length === 0
                ? text('body.find.none', { query: wanted })
                : text('body.find.results', { count: found.length === most ? `${most}+` : found.length })}
          </p>
          <ul className="bodies-hits">
            {(found ?? []).map((body) => (
              <li key={body.code}>
                <Link to={{ pathname: `/bodies/${encodeURIComponent(body.code)}`, search: keepChoice(params) }}>
                  <span>
                    {body.name}
                    {body.formerName === null ? null : (
                      <span className="gl-hint">
                        {' '}
                        {text('reorganisation.formerly.found', { name: body.formerName })}
                      </span>
                    )}
                  </span>
                  <span className="gl-hint">
                    {body.code} · {body.path || text(`bodies.level.${body.level}`)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
