import { hasMessage, translateUnknown, type Locale } from '@gonglian/ui/messages'
import { useLocale, useText } from '@gonglian/ui'
import { wordAudit, type AuditLine } from './audit.ts'

type Value = AuditLine['before']
type Fields = Readonly<Record<string, Value | undefined>>

function toFields(value: Value): Fields {
  if (value === null) return {}
  return typeof value === 'object' && !Array.isArray(value) ? value : { value }
}

/** Roles and states in words, lists with commas, anything deeper as it was written. */
function writeValue(locale: Locale, field: string, value: Value | undefined): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry !== 'object')) {
      return value.map((entry) => writeValue(locale, field, entry)).join(locale === 'en' ? ', ' : '、')
    }
    return JSON.stringify(value, null, 1)
  }
  if (typeof value === 'object') return JSON.stringify(value, null, 1)
  const keys: Readonly<Record<string, readonly string[]>> = {
    roles: [`bodies.role.${String(value)}`],
    status: [`accounts.status.${String(value)}`],
    state: [`states.report.${String(value)}`],
  }
  const known = keys[field]?.find((key) => hasMessage(locale, key))
  return known === undefined ? String(value) : translateUnknown(locale, known)
}

/** What stood before and after, field by field; what changed is marked. */
export function ChangeTable({ before, after }: { readonly before: Value; readonly after: Value }) {
  const text = useText()
  const locale = useLocale()
  const was = toFields(before)
  const is = toFields(after)
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  if (names.length === 0) return <p className="gl-hint audit-change">{text('audit.noChange')}</p>
  return (
    <table className="gl-plain-table audit-change">
      <caption>{text('audit.change')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('audit.field')}</th>
          <th scope="col">{text('audit.before')}</th>
          <th scope="col">{text('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const old = writeValue(locale, name, was[name])
          const fresh = writeValue(locale, name, is[name])
          return (
            <tr key={name}>
              <th scope="row">{wordAudit(locale, 'field', name)}</th>
              <td>{old ?? <span className="gl-hint">{text('audit.nothing')}</span>}</td>
              <td>
                {fresh === null ? (
                  <span className="gl-hint">{text('audit.nothing')}</span>
                ) : old === fresh ? (
                  fresh
                ) : (
                  <strong>{fresh}</strong>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
