import { Link } from '@remix-run/react'
import { Dialog, formatDate, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { readCalendar } from './holidays.ts'
import { HolidayTables } from './holiday-tables.tsx'
import { nameParameter, writeSource, writeValue, type Parameter } from './parameter.ts'
import { SetValue } from './set-value.tsx'
import { formOfValue } from './value-form.ts'

export type ParameterPanelProps = {
  readonly parameter: Parameter | null
  readonly canSet: boolean
  /** The calendar is typed line by line, in a dialog of its own. */
  readonly onSetCalendar: () => void
  readonly onSet: (key: string, validFrom: string) => void
  readonly onClose: () => void
}

/** The whole value of a parameter and where it comes from. */
export function ParameterPanel({ parameter, canSet, onSetCalendar, onSet, onClose }: ParameterPanelProps) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const calendar = parameter && readCalendar(parameter.value)
  return (
    <Dialog
      open={parameter !== null}
      onClose={onClose}
      place="side"
      title={parameter ? nameParameter(parameter.key, locale) : ''}
      {...(canSet && parameter
        ? {
            footer: calendar ? (
              <button type="button" className="gl-button" onClick={onSetCalendar}>
                {text('parameters.set')}
              </button>
            ) : (
              <SetValue parameter={parameter} onDone={(validFrom) => onSet(parameter.key, validFrom)} />
            ),
          }
        : {})}
    >
      {parameter ? (
        <>
          <dl className="facts">
            <dt>{text('parameters.from')}</dt>
            <dd>
              {parameter.from === null ? (
                text('parameters.unset')
              ) : (
                <Link to={keep(`/bodies/${encodeURIComponent(parameter.from)}`)}>{parameter.fromName}</Link>
              )}{' '}
              {parameter.isOwn ? <span className="frame-level">{text('parameters.own')}</span> : null}
            </dd>
            <dt>{text('parameters.validFrom')}</dt>
            <dd>{parameter.validFrom === null ? '—' : formatDate(parameter.validFrom)}</dd>
            <dt>{text('parameters.validTo')}</dt>
            <dd>
              {parameter.from === null
                ? '—'
                : parameter.validTo === null
                  ? text('parameters.validTo.open')
                  : formatDate(parameter.validTo)}
            </dd>
            <dt>{text('parameters.source')}</dt>
            <dd>{writeSource(parameter, text)}</dd>
          </dl>
          {calendar ? (
            <HolidayTables calendar={calendar} />
          ) : (
            <p className="stored-value">
              {formOfValue(parameter.value, text) === null
                ? JSON.stringify(parameter.value, null, 2)
                : writeValue(parameter, text)}
            </p>
          )}
        </>
      ) : null}
    </Dialog>
  )
}
