import { formatFigure, useLocale, useText } from '@gonglian/ui'
import { useAddress } from '../../../address.ts'
import { useToday } from '../../../clock.tsx'
import type { Counts } from './covered.ts'

const figures = [
  'unions',
  'jointUnions',
  'associations',
  'units',
  'ownUnits',
  'jointUnits',
  'associationUnits',
  'secondCovered',
  'custodyUnits',
] as const satisfies readonly (keyof Counts)[]

/** Unions and the units they cover on a day, each unit once (M014, M094, M146). */
export function CountPanel({ counts, day }: { readonly counts: Counts; readonly day: string | null }) {
  const text = useText()
  const locale = useLocale()
  const { change } = useAddress()
  const today = useToday()
  return (
    <section className="panel">
      <div className="part-head">
        <h2>{text('coverage.counts')}</h2>
        <label className="inline-field">
          {text('coverage.on')}{' '}
          <input
            type="date"
            className="gl-input"
            value={day ?? today}
            max={today}
            onChange={(event) => change({ on: event.target.value === today ? null : event.target.value })}
          />
        </label>
      </div>
      <dl className="tiles">
        {figures.map((key) => (
          <div key={key} className="tile">
            <dt>{text(`coverage.count.${key}`)}</dt>
            <dd>{formatFigure(counts[key], { locale })}</dd>
          </div>
        ))}
      </dl>
      <p className="gl-hint">{text('coverage.counts.text')}</p>
    </section>
  )
}
