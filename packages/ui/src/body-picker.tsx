import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { BodyNode, LoadBodies } from './body-branches.ts'
import { BodyTree } from './body-tree.tsx'
import { Icon } from './icons.tsx'
import { Popup } from './popup.tsx'
import { useText } from './text.tsx'

export type FoundBody = BodyNode & {
  /** The line of superiors, to tell namesakes apart. */
  readonly path: string
}

export type BodyPickerProps = {
  readonly value: { readonly code: string; readonly name: string } | null
  readonly onChange: (body: BodyNode) => void
  readonly roots: readonly BodyNode[]
  readonly loadChildren: LoadBodies
  /** By name, code or pinyin initials; the server limits the list. */
  readonly search: (query: string) => Promise<readonly FoundBody[]>
  readonly button?: ReactNode
  /** Which edge the panel keeps to. */
  readonly align?: 'left' | 'right'
}

/** Chooses one of up to 44,704 bodies: by searching or down the tree. */
export function BodyPicker({ value, onChange, roots, loadChildren, search, button, align = 'left' }: BodyPickerProps) {
  const text = useText()
  const name = value?.name ?? text('bodies.picker.label')
  return (
    <Popup
      className="gl-body-picker"
      align={align}
      label={text('bodies.picker.open', { name })}
      button={
        button ?? (
          <>
            <span className="gl-cut">{name}</span>
            <Icon name="down" size={14} />
          </>
        )
      }
    >
      {(close) => (
        <BodyChoice
          value={value}
          roots={roots}
          loadChildren={loadChildren}
          search={search}
          onChange={(body) => {
            onChange(body)
            close()
          }}
        />
      )}
    </Popup>
  )
}

function BodyChoice({ value, onChange, roots, loadChildren, search }: Omit<BodyPickerProps, 'button' | 'align'>) {
  const text = useText()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const found = useFoundBodies(query, search)
  const hits = found.hits
  const steer = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && hits[at]) onChange(hits[at])
    else return
    event.preventDefault()
  }
  const status =
    found.state === 'loading'
      ? text('bodies.picker.loading')
      : found.state === 'failed'
        ? text('bodies.picker.failed')
        : hits.length === 0
          ? text('bodies.picker.none')
          : text('bodies.picker.results', { count: hits.length })
  return (
    <div className="gl-body-choice">
      <input
        className="gl-input"
        type="search"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={hits.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
        aria-label={text('bodies.picker.label')}
        placeholder={text('bodies.picker.placeholder')}
        value={query}
        maxLength={60}
        data-autofocus=""
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={steer}
      />
      {query.trim() === '' ? (
        <BodyTree
          roots={roots}
          loadChildren={loadChildren}
          selectedCode={value?.code ?? null}
          onSelect={onChange}
          openCodes={roots.map(({ code }) => code)}
        />
      ) : (
        <>
          <p className="gl-hint" role="status">
            {status}
          </p>
          {hits.length > 0 ? (
            <ul className="gl-hits" role="listbox" id={listId} aria-label={text('bodies.picker.label')}>
              {hits.map((hit, index) => (
                <li
                  key={hit.code}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  onPointerMove={() => setAt(index)}
                  onClick={() => onChange(hit)}
                >
                  <span>{hit.name}</span>
                  <span className="gl-hint">{hit.path}</span>
                </li>
              ))}
            </ul>
          ) : null}
        </>
      )}
    </div>
  )
}

type Found = { readonly state: 'idle' | 'loading' | 'failed'; readonly hits: readonly FoundBody[] }

const pauseMs = 180

/** Asks once typing pauses; an answer that comes after a newer question is dropped. */
function useFoundBodies(query: string, search: BodyPickerProps['search']): Found {
  const [found, setFound] = useState<Found>({ state: 'idle', hits: [] })
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return setFound({ state: 'idle', hits: [] })
    let current = true
    setFound((before) => ({ state: 'loading', hits: before.hits }))
    const timer = setTimeout(() => {
      search(wanted).then(
        (hits) => current && setFound({ state: 'idle', hits }),
        () => current && setFound({ state: 'failed', hits: [] }),
      )
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [wanted])
  return found
}
