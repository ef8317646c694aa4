import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import type { Quota } from './congress.ts'

/** For whose congresses the body elects delegates, how many, until when; what came back stands first. */
export function ReceivedQuotas({ quotas }: { readonly quotas: readonly Quota[] }) {
  const text = useText()
  const keep = useKeepingPeriod()
  if (quotas.length === 0) return null
  const urgent = (quota: Quota) => (quota.returned_for !== '' ? 0 : quota.state === 'issued' ? 1 : 2)
  return (
    <section className="notices" aria-label={text('congresses.received')}>
      <h2>{text('congresses.received')}</h2>
      <ul className="plain-list">
        {quotas
          .toSorted((a, b) => urgent(a) - urgent(b))
          .map((quota) => (
            <li key={quota.id} className="acts">
              <Link to={keep(`/organisation/congresses/${quota.congress_id}`)}>
                {text('congresses.titleOf', {
                  name: quota.unionName ?? quota.issuerName,
                  number: quota.congressNumber,
                  kind: text(`congresses.kind.${quota.congressKind}`),
                })}
              </Link>
              <span>{text('congresses.received.line', { quota: quota.quota, due: quota.due_on ?? '—' })}</span>
              <span className={quota.state === 'issued' ? 'gl-warning-text' : 'gl-hint'}>
                {text(quota.returned_for === '' ? `delegates.state.${quota.state}` : 'delegates.returned')}
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}
