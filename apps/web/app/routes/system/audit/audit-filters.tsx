import { useLocale, useText } from '@gonglian/ui'
import { useId } from 'react'
import { useAddress } from '../../../address.ts'
import { auditFilters, wordAudit } from './audit.ts'

export type AuditFiltersProps = {
  /** All acts and persons that occur in the trail. */
  readonly actions: readonly string[]
  readonly actors: readonly string[]
}

/** Act, person, days and request; each takes effect at once and stands in the address. */
export function AuditFilters({ actions, actors }: AuditFiltersProps) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const { params, change } = useAddress()
  const choose = (name: (typeof auditFilters)[number], value: string) =>
    change({ [name]: value === '' ? null : value, 'audit.page': null })
  const value = (name: (typeof auditFilters)[number]) => params.get(name) ?? ''
  const narrowed = auditFilters.some((name) => params.has(name))
  return (
    <div className="audit-filters" role="group" aria-label={text('audit.filters')}>
      <label htmlFor={`${id}-action`}>{text('audit.actionTitle')}</label>
      <select
        id={`${id}-action`}
        className="gl-input"
        value={value('action')}
        onChange={(event) => choose('action', event.target.value)}
      >
        <option value="">{text('audit.anyAction')}</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {wordAudit(locale, 'action', action)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-actor`}>{text('audit.actor')}</label>
      <select
        id={`${id}-actor`}
        className="gl-input"
        value={value('actor')}
        onChange={(event) => choose('actor', event.target.value)}
      >
        <option value="">{text('audit.anyActor')}</option>
        {actors.map((actor) => (
          <option key={actor} value={actor}>
            {actor}
          </option>
        ))}
      </select>
      {(['from', 'to'] as const).map((end) => (
        <span key={end} className="audit-day">
          <label htmlFor={`${id}-${end}`}>{text(`audit.${end}`)}</label>
          <input
            id={`${id}-${end}`}
            type="date"
            className="gl-input"
            value={value(end)}
            onChange={(event) => choose(end, event.target.value)}
          />
        </span>
      ))}
      <label htmlFor={`${id}-request`}>{text('audit.request')}</label>
      <input
        id={`${id}-request`}
        key={value('request')}
        className="gl-input audit-request"
        defaultValue={value('request')}
        maxLength={80}
        spellCheck={false}
        onBlur={(event) =>
          event.target.value.trim() === value('request') || choose('request', event.target.value.trim())
        }
        onKeyDown={(event) => event.key === 'Enter' && choose('request', event.currentTarget.value.trim())}
      />
      {narrowed ? (
        <button
          type="button"
          className="gl-link-button"
          onClick={() =>
            change({ ...Object.fromEntries(auditFilters.map((name) => [name, null])), 'audit.page': null })
          }
        >
          {text('tables.clear')}
        </button>
      ) : null}
    </div>
  )
}
