import { useFetcher, useNavigate } from '@remix-run/react'
import { Dialog, Icon, useText, type SearchHit } from '@gonglian/ui'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useKeepingPeriod } from '../../address.ts'
import type { loader } from '../search/route.ts'

const pauseMs = 160

/** Ctrl-K: bodies, targets, forms, orders by name, code or pinyin initials. */
export function Search() {
  const text = useText()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <button type="button" className="frame-search" aria-keyshortcuts="Control+K" onClick={() => setOpen(true)}>
        <Icon name="search" size={16} />
        <span>{text('frame.search.open')}</span>
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text('frame.search.label')}>
        <SearchBox onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function SearchBox({ onDone }: { readonly onDone: () => void }) {
  const text = useText()
  const navigate = useNavigate()
  const keep = useKeepingPeriod()
  const listId = useId()
  const fetcher = useFetcher<typeof loader>()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const wanted = query.trim()

  useEffect(() => {
    if (wanted === '') return
    const timer = setTimeout(() => fetcher.load(keep(`/search?q=${encodeURIComponent(wanted)}`)), pauseMs)
    return () => clearTimeout(timer)
    // The fetcher is a new object at each render; only what is typed asks again.
  }, [wanted])

  const hits = wanted === '' ? [] : (fetcher.data?.hits ?? [])
  const go = (hit: SearchHit | undefined) => {
    if (!hit) return
    onDone()
    navigate(keep(hit.to))
  }
  const steer = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(hits[at])
    // A search field keeps Esc to itself while it holds text.
    else if (event.key === 'Escape') onDone()
    else return
    event.preventDefault()
  }
  const none = wanted !== '' && fetcher.state === 'idle' && fetcher.data !== undefined && hits.length === 0
  return (
    <div className="frame-search-box">
      <input
        className="gl-input"
        type="search"
        role="combobox"
        data-autofocus=""
        maxLength={100}
        aria-label={text('frame.search.label')}
        aria-expanded={hits.length > 0}
        aria-controls={hits.length > 0 ? listId : undefined}
        aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
        placeholder={text('frame.search.hint')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={steer}
      />
      <p className="gl-hint" role="status">
        {none ? text('frame.search.none', { query: wanted }) : text('frame.search.keys')}
      </p>
      {hits.length > 0 ? (
        <ul className="gl-hits" role="listbox" id={listId} aria-label={text('frame.search.label')}>
          {hits.map((hit, index) => (
            <li
              key={`${hit.kind}-${hit.id}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerMove={() => setAt(index)}
              onClick={() => go(hit)}
            >
              <span>
                {hit.title}{' '}
                <span className="gl-hint">
                  {hit.kind === 'record' ? hit.kindText : text(`frame.search.group.${hit.kind}`)}
                </span>
              </span>
              <span className="gl-hint">{hit.detail}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
