import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import type { Scheme } from './rating.ts'
import { baselineChanges as changes } from '@gonglian/organisation/codes'

export type BaselinesProps = {
  readonly scheme: Scheme
  readonly year: number
  readonly baselines: RouterOutputs['ratings']['listBaselines']['rows']
  readonly compared: RouterOutputs['ratings']['compareBaseline'] | null
}

/** What was held on a day, frozen; and what has become of it since. */
export function Baselines({ scheme, year, baselines, compared }: BaselinesProps) {
  const text = useText()
  const may = useMay()
  const { params, change } = useAddress()
  return (
    <section>
      <div className="register-head">
        <h2>{text('ratings.baselines')}</h2>
        {may('organisation:write') ? (
          <ActDialog
            label={text('ratings.baseline.take')}
            title={text('ratings.baseline.take')}
            text={text('ratings.baseline.text')}
            fields={[{ name: 'name', label: text('ratings.baseline.name'), kind: 'text', maxLength: 80 }]}
            run={(api, values) =>
              api.ratings.takeBaseline.mutate({ schemeId: scheme.schemeId, name: values['name'] ?? '', year })
            }
          />
        ) : null}
      </div>
      {baselines.length === 0 ? <p className="gl-hint">{text('ratings.baselines.none')}</p> : null}
      <ul className="plain-list">
        {baselines.map((one) => {
          const isOpen = params.get('baseline') === String(one.baselineId)
          return (
            <li key={one.baselineId}>
              <button
                type="button"
                className="gl-link-button"
                aria-expanded={isOpen}
                onClick={() => change({ baseline: isOpen ? null : String(one.baselineId) })}
              >
                {one.name}
              </button>{' '}
              <span className="gl-hint">
                {one.takenOn} {one.takenBy}
              </span>
              {isOpen && compared !== null ? (
                <p className="gl-figure-text">
                  {changes.map((word) => `${text(`ratings.change.${word}`)} ${compared.counts[word]}`).join(' · ')}
                </p>
              ) : null}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
