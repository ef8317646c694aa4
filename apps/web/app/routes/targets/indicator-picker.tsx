import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { formatUnit, useLocale, useText } from '@gonglian/ui'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { api } from '../../act.ts'
import { nameMeasure } from './figure.ts'

type Found = RouterOutputs['indicators']['listIndicators']
export type Indicator = Found['rows'][number]
type DomainName = NonNullable<RouterInputs['indicators']['listIndicators']['domain']>

export type IndicatorPickerProps = {
  readonly value: Indicator | null
  readonly onChange: (indicator: Indicator) => void
  readonly label: string
  readonly error?: string | null
  /** Which may be chosen; the others are left out. */
  readonly fits?: (indicator: Indicator) => boolean
  readonly autoFocus?: boolean
}

const domains = [
  'organisation',
  'women',
  'rights',
  'safety',
  'aid',
  'competition',
  'model_worker',
  'finance',
  'governance',
  'culture_education',
  'cadre',
] as const satisfies readonly DomainName[]
const pauseMs = 180
const shown = 40

/** Finds an indicator of the catalogue by name or code, or by its domain. */
export function IndicatorPicker({ value, onChange, label, error, fits, autoFocus = false }: IndicatorPickerProps) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const [choosing, setChoosing] = useState(value === null)
  const [search, setSearch] = useState('')
  const [domain, setDomain] = useState<DomainName | null>(null)
  const [at, setAt] = useState(0)
  const found = useFoundIndicators(search, domain, choosing)
  const hits = found.rows.filter((indicator) => fits?.(indicator) ?? true)
  const choose = (indicator: Indicator) => {
    onChange(indicator)
    setChoosing(false)
  }
  const steer = (event: KeyboardEvent) => {
    const hit = hits[at]
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && hit) choose(hit)
    else return
    event.preventDefault()
  }
  if (value !== null && !choosing) {
    return (
      <div className="field">
        <span className="targets-label">{label}</span>
        <p className="targets-chosen">
          <strong>{nameMeasure(value, locale)}</strong>
          <span className="gl-hint">
            {formatUnit(value.unit, locale)} · {text(`indicators.nature.${value.nature}`)} · {value.code}
          </span>
          <button type="button" className="gl-link-button" onClick={() => setChoosing(true)}>
            {text('targets.indicator.change')}
          </button>
        </p>
        {value.definitionZh === '' ? null : (
          <p className="gl-hint">
            {locale === 'en' && value.definitionEn !== '' ? value.definitionEn : value.definitionZh}
          </p>
        )}
      </div>
    )
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="targets-search">
        <input
          id={id}
          className="gl-input"
          type="search"
          role="combobox"
          autoComplete="off"
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
          aria-invalid={typeof error === 'string'}
          placeholder={text('targets.indicator.search')}
          maxLength={60}
          value={search}
          {...(autoFocus ? { 'data-autofocus': '' } : {})}
          onChange={(event) => {
            setSearch(event.target.value)
            setAt(0)
          }}
          onKeyDown={steer}
        />
        <select
          className="gl-input"
          aria-label={text('targets.indicator.domain')}
          value={domain ?? ''}
          onChange={(event) => {
            setDomain(domains.find((one) => one === event.target.value) ?? null)
            setAt(0)
          }}
        >
          <option value="">{text('targets.indicator.allDomains')}</option>
          {domains.map((one) => (
            <option key={one} value={one}>
              {text(`indicators.domain.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {typeof error === 'string' ? (
        <p className="gl-error-text" role="alert">
          {error}
        </p>
      ) : null}
      <p className="gl-hint" role="status">
        {found.state === 'failed'
          ? text('targets.indicator.failed')
          : found.state === 'loading'
            ? text('targets.indicator.loading')
            : hits.length === 0
              ? text('targets.indicator.none')
              : found.total > shown
                ? text('targets.indicator.some', { count: hits.length, total: found.total })
                : text('targets.indicator.found', { count: hits.length })}
      </p>
      <ul className="gl-hits targets-hits" role="listbox" id={`${id}-list`} aria-label={label}>
        {hits.map((hit, index) => (
          <li
            key={hit.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(hit)}
          >
            <span>{nameMeasure(hit, locale)}</span>
            <span className="gl-hint">
              {formatUnit(hit.unit, locale)} · {hit.code}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type State = {
  readonly state: 'idle' | 'loading' | 'failed'
  readonly rows: readonly Indicator[]
  readonly total: number
}

/** Asks once typing pauses; an answer that comes after a newer question is dropped. */
function useFoundIndicators(search: string, domain: DomainName | null, active: boolean): State {
  const [found, setFound] = useState<State>({ state: 'loading', rows: [], total: 0 })
  useEffect(() => {
    if (!active) return
    let current = true
    setFound((before) => ({ ...before, state: 'loading' }))
    const timer = setTimeout(() => {
      const question = { search: search.trim(), pageSize: shown, ...(domain === null ? {} : { domain }) }
      api.indicators.listIndicators.query(question).then(
        ({ rows, total }) => {
          if (current) setFound({ state: 'idle', rows: rows.filter((row) => row.retiredOn === null), total })
        },
        () => {
          if (current) setFound({ state: 'failed', rows: [], total: 0 })
        },
      )
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [search, domain, active])
  return found
}
