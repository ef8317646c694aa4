import { useState } from 'react'
import { Icon } from './icons.tsx'
import {
  convertPeriod,
  findPeriodAt,
  formatPeriod,
  formatPeriodShort,
  listPeriods,
  periodKinds,
  readPeriod,
  shiftPeriod,
  writePeriod,
  type PeriodKind,
  type PeriodParts,
} from './periods.ts'
import { Popup } from './popup.tsx'
import { useLocale, useText } from './text.tsx'

export type PeriodPickerProps = {
  /** Text form; what is no period counts as the current month. */
  readonly value: string
  readonly onChange: (period: string) => void
  readonly kinds?: readonly PeriodKind[]
  /** Today, given by the server so that both sides render the same. */
  readonly now: string
}

/** The working period: one step back and forth, or any of the five kinds from the panel. */
export function PeriodPicker({ value, onChange, kinds = periodKinds, now }: PeriodPickerProps) {
  const text = useText()
  const locale = useLocale()
  const parts = readPeriod(value) ?? findPeriodAt(new Date(now), 'month')
  const choose = (next: PeriodParts) => onChange(writePeriod(next))
  const name = formatPeriod(writePeriod(parts), locale)
  return (
    <div className="gl-period">
      <button
        type="button"
        className="gl-icon-button"
        aria-label={text('periods.previous')}
        onClick={() => choose(shiftPeriod(parts, -1))}
      >
        <Icon name="left" />
      </button>
      <Popup button={<span className="gl-period-name">{name}</span>} label={text('periods.picker', { period: name })}>
        {(close) => (
          <PeriodPanel
            value={parts}
            kinds={kinds}
            now={now}
            onChange={(next) => {
              choose(next)
              close()
            }}
          />
        )}
      </Popup>
      <button
        type="button"
        className="gl-icon-button"
        aria-label={text('periods.next')}
        onClick={() => choose(shiftPeriod(parts, 1))}
      >
        <Icon name="right" />
      </button>
    </div>
  )
}

type PeriodPanelProps = {
  readonly value: PeriodParts
  readonly kinds: readonly PeriodKind[]
  readonly now: string
  readonly onChange: (parts: PeriodParts) => void
}

function PeriodPanel({ value, kinds, now, onChange }: PeriodPanelProps) {
  const text = useText()
  const locale = useLocale()
  const [shown, setShown] = useState(value)
  const first = Math.floor(shown.year / 10) * 10
  const choices =
    shown.kind === 'year'
      ? Array.from({ length: 12 }, (_, index) => ({ kind: 'year' as const, year: first - 1 + index, index: 1 }))
      : listPeriods(shown.kind, shown.year)
  const step = shown.kind === 'year' ? 10 : 1
  const chosen = writePeriod(value)
  return (
    <div className="gl-period-panel">
      <div className="gl-segments" role="group">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={kind === shown.kind}
            onClick={() => setShown(convertPeriod(shown, kind))}
          >
            {text(`periods.kind.${kind}`)}
          </button>
        ))}
      </div>
      <div className="gl-period-year">
        <button
          type="button"
          className="gl-icon-button"
          aria-label={text('periods.previousYear')}
          onClick={() => setShown({ ...shown, year: shown.year - step })}
        >
          <Icon name="left" />
        </button>
        <span aria-live="polite">
          {shown.kind === 'year' ? `${first}–${first + 9}` : text('periods.year', { year: shown.year })}
        </span>
        <button
          type="button"
          className="gl-icon-button"
          aria-label={text('periods.nextYear')}
          onClick={() => setShown({ ...shown, year: shown.year + step })}
        >
          <Icon name="right" />
        </button>
      </div>
      <div className={`gl-period-choices gl-period-${shown.kind}`}>
        {choices.map((choice) => {
          const written = writePeriod(choice)
          return (
            <button
              key={written}
              type="button"
              aria-pressed={written === chosen}
              title={formatPeriod(written, locale)}
              data-autofocus={written === chosen ? '' : undefined}
              onClick={() => onChange(choice)}
            >
              {formatPeriodShort(choice, locale)}
            </button>
          )
        })}
      </div>
      <button
        type="button"
        className="gl-link-button"
        onClick={() => onChange(findPeriodAt(new Date(now), shown.kind))}
      >
        {text('periods.current')}
      </button>
    </div>
  )
}
