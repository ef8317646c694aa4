import { Link } from '@remix-run/react'
import { Dialog, formatDate, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { readCalendar } from './holidays.ts'
import { HolidayTables } from './holiday-tables.tsx'
import { nameParameter, type Parameter } from './parameter.ts'

export type ParameterPanelProps = {
  readonly parameter: Parameter | null
  readonly canSet: boolean
  readonly onSet: () => void
  readonly onClose: () => void
}

/** The whole value of a parameter and where it comes from. */
export function ParameterPanel({ parameter, canSet, onSet, onClose }: ParameterPanelProps) {
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
      {...(canSet
        ? {
            footer: (
              <button type="button" className="gl-button" onClick={onSet}>
                {text('parameters.set')}
              </button>
            ),
          }
        : {})}
    >
      {parameter ? (
        <>
          <dl className="facts">
            <dt>{text('parameters.from')}</dt>
            <dd>
              <Link to={keep(`/bodies/${encodeURIComponent(parameter.from)}`)}>{parameter.fromName}</Link>{' '}
              {parameter.isOwn ? <span className="frame-level">{text('parameters.own')}</span> : null}
            </dd>
            <dt>{text('parameters.validFrom')}</dt>
            <dd>{formatDate(parameter.validFrom)}</dd>
            <dt>{text('parameters.validTo')}</dt>
            <dd>{parameter.validTo === null ? text('parameters.validTo.open') : formatDate(parameter.validTo)}</dd>
            <dt>{text('parameters.source')}</dt>
            <dd>{parameter.source}</dd>
          </dl>
          {calendar ? (
            <HolidayTables calendar={calendar} />
          ) : (
            <pre className="stored-value">{JSON.stringify(parameter.value, null, 2)}</pre>
          )}
        </>
      ) : null}
    </Dialog>
  )
}
