import { Link } from '@remix-run/react'
import { useLocale, useText } from '@gonglian/ui'
import { posts } from '@gonglian/organisation/codes'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { useWords } from '../../../records/words.ts'
import type { UnionView } from './union.ts'

/** Who leads the union, how many members it has (for its own body), and how it was rated and appraised. */
export function PeoplePart({ view, isOwn }: { readonly view: UnionView; readonly isOwn: boolean }) {
  const text = useText()
  const words = useWords()
  const keep = useKeepingPeriod()
  const isEnglish = useLocale() === 'en'
  const { union, officers, members, ratings, appraisals } = view
  const filled = posts.filter((post) => officers.some((one) => one.post === post))
  return (
    <>
      <section>
        <h2>{text('unions.people')}</h2>
        {officers.length === 0 ? <p className="gl-hint">{text('unions.people.none')}</p> : null}
        <dl className="facts">
          {filled.map((post) => (
            <div key={post} className="fact">
              <dt>{text(`cadres.post.${post}`)}</dt>
              <dd>
                {officers
                  .filter((one) => one.post === post)
                  .map((officer, place) => (
                    <span key={officer.id}>
                      {place === 0 ? '' : isEnglish ? ', ' : '、'}
                      {text('unions.people.since', officer)}
                      {isOwn && officer.isKnown ? <OpenOfficer officer={officer} /> : null}
                    </span>
                  ))}
              </dd>
            </div>
          ))}
          {members === null ? null : (
            <div className="fact">
              <dt>{text('unions.members')}</dt>
              <dd>
                <Link to={keep(`/organisation/members?union=${union.id}`)}>
                  {text('unions.members.count', { count: members })}
                </Link>
              </dd>
            </div>
          )}
        </dl>
        <Link to={keep(`/organisation/cadres?union=${union.id}`)}>{text('cadres.title')}</Link>
      </section>
      <section>
        <h2>{text('unions.judged')}</h2>
        {ratings.length + appraisals.length === 0 ? <p className="gl-hint">{text('unions.judged.none')}</p> : null}
        <ul className="plain-list">
          {ratings.map(({ id, year, quarter, state, schemeZh, schemeEn }) => (
            <li key={`rating-${id}`}>
              <Link to={keep(`/organisation/ratings/${id}`)}>
                {text('unions.judged.rating', { year, quarter, scheme: isEnglish ? schemeEn : schemeZh })} ·{' '}
                {words(`ratings.state.${state}`)}
              </Link>
            </li>
          ))}
          {appraisals.map(({ id, year, state, satisfied, basic, unsatisfied }) => (
            <li key={`appraisal-${id}`}>
              {text('unions.judged.appraisal', { year })} {words(`appraisals.state.${state}`)}
              {satisfied === null
                ? ''
                : ` · ${text('unions.judged.votes', { satisfied, basic: basic ?? 0, unsatisfied: unsatisfied ?? 0 })}`}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** ID number and phone of an officer, opened with a reason. */
function OpenOfficer({ officer }: { readonly officer: UnionView['officers'][number] }) {
  const text = useText()
  const may = useMay()
  const [opened, setOpened] = useState<readonly (string | null)[] | null>(null)
  if (opened !== null) return <span className="opened"> {opened.filter(Boolean).join(' ')}</span>
  if (!may('member:open')) return null
  return (
    <>
      {' '}
      <ActDialog
        quiet
        label={text('unions.leaders.open')}
        title={text('members.open.title', { name: officer.name })}
        text={text('members.open.text')}
        fields={[{ name: 'reason', label: text('members.open.reason'), kind: 'lines', maxLength: 200 }]}
        run={(api, values) => api.cadres.openOfficer.mutate({ officerId: officer.id, reason: values['reason'] ?? '' })}
        onDone={({ idNumber, mobile }) => setOpened([idNumber, mobile])}
      />
    </>
  )
}
