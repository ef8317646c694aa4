import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { ApplicationLinks } from '../application-links.tsx'
import { History } from '../history.tsx'
import { electionStates } from '../elections/election.ts'
import { knownOf } from '../unions/union.ts'
import { ElectionActs } from './election-acts.tsx'
import { slatePosts as posts } from '@gonglian/organisation/codes'

export const meta = titlePage('elections.title')

export async function loader(args: LoaderFunctionArgs) {
  const electionId = Number(args.params['id'])
  return ask(args, async (api) => {
    const view = await api.terms.getElection({ electionId })
    const { union_id: unionId } = view.election
    const union = unionId === null ? null : (await api.unions.getUnion({ unionId })).union
    const { congress_id: congressId } = view.election
    const congress = congressId === null ? null : (await api.congresses.getCongress({ congressId })).congress
    return {
      view,
      congress,
      union: union && { id: union.id, name: union.name },
      isOwn: view.election.tenant_id === args.context.visitor?.tenantId,
    }
  })
}

/** One election: who stands for what, what was counted, its steps and the next one. */
export default function ElectionPage() {
  const { view, congress, union, isOwn } = useLoaderData<typeof loader>()
  const { election, bodies, steps } = view
  const text = useText()
  const keep = useKeepingPeriod()
  const stateOf = (state: string) => {
    const known = knownOf(electionStates, state)
    return known === null ? state : text(`elections.state.${known}`)
  }
  const facts: readonly (readonly [string, ReactNode])[] = [
    ...(union === null
      ? []
      : [[text('unions.name'), <Link to={keep(`/organisation/unions/${union.id}`)}>{union.name}</Link>] as const]),
    ...(congress === null
      ? []
      : [
          [
            text('elections.congress'),
            <Link to={keep(`/organisation/congresses/${congress.id}`)}>
              {text('congresses.titleOf', {
                name: congress.unionName ?? congress.bodyName,
                number: congress.number,
                kind: text(`congresses.kind.${congress.kind}`),
              })}
            </Link>,
          ] as const,
        ]),
    [text('elections.planned'), election.planned_on],
    [text('slate.electorate'), text(`slate.electorate.${election.electorate}`)],
    [text('slate.memberCount'), election.member_count],
    [text('slate.eligible'), election.eligible],
    [text('slate.termYears'), text('slate.years', { years: election.term_years })],
    ...(election.held_on === null ? [] : [[text('elections.held'), election.held_on] as const]),
    ...(election.present === null ? [] : [[text('slate.present'), election.present] as const]),
    ...(election.approval_no === '' ? [] : [[text('unions.approve.no'), election.approval_no] as const]),
  ]
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/elections')}>
        <Icon name="left" />
        {text('elections.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{union?.name ?? text('elections.own')}</h1>
          <p>{stateOf(election.state)}</p>
        </div>
        {isOwn ? <ElectionActs view={view} /> : null}
      </div>
      <ApplicationLinks applications={view.applications} />
      <div className="union-columns">
        <section>
          <h2>{text('unions.facts')}</h2>
          <dl className="facts">
            {facts.map(([name, value]) => (
              <div key={name} className="fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
        {bodies.map((ballot) => (
          <section key={ballot.body}>
            <h2>{text('elections.ballot', { body: text(`unions.termOf.${ballot.body}`), seats: ballot.seats })}</h2>
            <div className="scroll-box">
              <table className="gl-plain-table">
                <thead>
                  <tr>
                    <th scope="col">{text('unions.person')}</th>
                    <th scope="col">{text('slate.post')}</th>
                    <th scope="col" className="gl-figure">
                      {text('slate.votes')}
                    </th>
                    <th scope="col">{text('elections.result')}</th>
                  </tr>
                </thead>
                <tbody>
                  {ballot.candidates.map((one) => {
                    const post = knownOf(posts, one.post)
                    return (
                      <tr key={one.id}>
                        <th scope="row">{one.name}</th>
                        <td>{post === null ? one.post : text(`slate.post.${post}`)}</td>
                        <td className="gl-figure">{one.votes ?? '—'}</td>
                        <td>
                          {one.isElected === null
                            ? '—'
                            : text(one.isElected ? 'elections.elected' : 'elections.notElected')}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </div>
          </section>
        ))}
        <History steps={steps} nameOf={stateOf} />
      </div>
    </div>
  )
}
