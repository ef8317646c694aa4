import { useText } from '@gonglian/ui'
import { useId } from 'react'
import { scheduleChoices, type ScheduleChoice } from './schedule.ts'

export type ScheduleFieldsProps = {
  readonly choice: ScheduleChoice
  readonly typed: readonly string[]
  /** Months (from 0) that are wrong. */
  readonly wrong: readonly number[]
  readonly error: string | null
  /** Null: there is nothing yet to compute a season from. */
  readonly onSeason: (() => void) | null
  /** What the computation of the season said. */
  readonly said: string
  readonly onChoice: (choice: ScheduleChoice) => void
  readonly onType: (month: number, text: string) => void
}

/** 序时进度: the share of the year expected by each month's end. */
export function ScheduleFields(props: ScheduleFieldsProps) {
  const { choice, typed, wrong, error, onSeason, said, onChoice, onType } = props
  const text = useText()
  const id = useId()
  const hand = choice === 'manual' || choice === 'seasonal'
  return (
    <fieldset className="targets-schedule">
      <legend>{text('targets.schedule')}</legend>
      <div className="targets-choices">
        {scheduleChoices.map((one) => (
          <label key={one} className="gl-choice">
            <input
              type="radio"
              name={id}
              checked={choice === one}
              disabled={one === 'seasonal' && onSeason === null && choice !== 'seasonal'}
              onChange={() => (one === 'seasonal' && onSeason !== null ? onSeason() : onChoice(one))}
            />
            {text(`targets.schedule.${one}`)}
          </label>
        ))}
      </div>
      <p className="gl-hint" role="status">
        {said !== '' ? said : text(`targets.schedule.${choice}.help`)}{' '}
        {onSeason === null ? text('targets.schedule.later') : null}
      </p>
      {hand ? (
        <div className="targets-months" role="group" aria-label={text('targets.schedule.months')}>
          {typed.map((value, month) => (
            <label key={month}>
              <span>{text('targets.schedule.month', { month: month + 1 })}</span>
              <input
                className="gl-input gl-figure"
                inputMode="decimal"
                maxLength={7}
                value={value}
                aria-invalid={wrong.includes(month)}
                aria-describedby={wrong.includes(month) ? `${id}-wrong` : undefined}
                onChange={(event) => onType(month, event.target.value)}
              />
            </label>
          ))}
        </div>
      ) : null}
      {wrong.length > 0 || error !== null ? (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {error ?? text('errors.schedule')}
        </p>
      ) : null}
    </fieldset>
  )
}
