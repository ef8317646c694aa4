import type { RouterOutputs } from '@gonglian/api'
import { useLocale, useText } from '@gonglian/ui'
import type { Ledger } from './ledger-form.tsx'

type Accepted = RouterOutputs['checklists']['checkAcceptance']

/** Whether the union may be taken as founded: what is still missing of the lists that block it, and what is only a reminder. */
export function Acceptance({ ledger, acceptance }: { readonly ledger: Ledger; readonly acceptance: Accepted }) {
  const text = useText()
  const locale = useLocale()
  const { blocking, warnings } = acceptance
  const isAsked = ledger.lists.some((list) => list.enforcement === 'blocking')
  const lists = new Map(ledger.lists.map((list) => [list.code, locale === 'en' ? list.nameEn : list.nameZh]))
  return (
    <section>
      <h2>{text('ledgers.acceptance')}</h2>
      {isAsked ? (
        <p className={blocking.length === 0 ? 'gl-hint' : 'gl-error-text'}>
          {blocking.length === 0
            ? text('ledgers.acceptance.met')
            : text('ledgers.acceptance.blocking', { count: blocking.length })}
        </p>
      ) : (
        <p className="gl-hint">{text('ledgers.acceptance.none')}</p>
      )}
      {blocking.length === 0 ? null : (
        <ul className="plain-list">
          {blocking.map((item) => (
            <li key={`${item.code} ${item.position}`}>
              {locale === 'en' ? item.textEn : item.textZh}{' '}
              <span className="gl-hint">
                {lists.get(item.code) ?? ''} {item.position}
              </span>
            </li>
          ))}
        </ul>
      )}
      {warnings.length === 0 ? null : (
        <p className="gl-hint">{text('ledgers.acceptance.warnings', { count: warnings.length })}</p>
      )}
    </section>
  )
}
