import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useId, useState, type ReactNode } from 'react'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import type { Committee } from './committee.ts'

/** Whether a union's committee is as large as its members ask for (ORG-15), and what else its size allows (ORG-11, ORG-16). */
export function CommitteePart({ committee }: { readonly committee: Committee }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { change } = useAddress()
  const id = useId()
  const [typed, setTyped] = useState(String(committee.members))
  const { asked, congress, verdict } = committee
  const range = (size: { from: number; to: number } | null) =>
    size === null ? '—' : text('cadres.committee.range', { from: size.from, to: size.to })
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      text('registers.union'),
      <Link to={keep(`/organisation/unions/${committee.union.id}`)}>{committee.union.name}</Link>,
    ],
    [text('cadres.committee.seats'), committee.seats],
    [text('cadres.committee.asked'), range(asked)],
    [text('cadres.committee.congress'), range(congress)],
    [
      text('cadres.committee.fullTime'),
      text(
        committee.hasFullTimeChair
          ? 'cadres.committee.fullTime.has'
          : committee.mayHaveFullTimeChair
            ? 'cadres.committee.fullTime.may'
            : 'cadres.committee.fullTime.no',
      ),
    ],
  ]
  return (
    <section className="notices" aria-label={text('cadres.committee')}>
      <h2>{text('cadres.committee')}</h2>
      <form
        className="committee-members"
        onSubmit={(event) => {
          event.preventDefault()
          change({ members: typed.trim() === '' ? null : typed.trim() })
        }}
      >
        <label htmlFor={id}>{text('slate.memberCount')}</label>
        <input
          id={id}
          className="gl-input"
          inputMode="numeric"
          maxLength={7}
          value={typed}
          onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, ''))}
        />
        <button type="submit" className="gl-button">
          {text('cadres.committee.check')}
        </button>
        {committee.from === null ? null : (
          <span className="gl-hint">{text(`cadres.committee.from.${committee.from}`)}</span>
        )}
      </form>
      <p role="status" className={verdict === 'fits' || verdict === null ? undefined : 'gl-warning-text'}>
        {text(`cadres.committee.${verdict ?? 'unknown'}`)}
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
