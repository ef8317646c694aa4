import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatDate, Icon, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { RecordFiles } from '../../../files/record-files.tsx'
import { titleAfter } from '../../../titles.ts'
import { ApplicationLinks } from '../application-links.tsx'
import { History } from '../history.tsx'
import { kinds, knownOf, ownerships, states } from '../unions/union.ts'
import { UnionStateMark } from '../unions/union-table.tsx'
import { useMay } from '../../../may.ts'
import { findPaper } from '../../../papers/find-paper.ts'
import { PaperActs } from '../../../papers/paper-acts.tsx'
import { CompanionPart } from './companion-part.tsx'
import { CoveragePart } from './coverage-part.tsx'
import { EndingPart } from './ending-part.tsx'
import { GroupPart } from './group-part.tsx'
import { DemonstrationPart } from './demonstration-part.tsx'
import { PeoplePart } from './people-part.tsx'
import { UnionActs } from './union-acts.tsx'
import { UnionSteps } from './union-steps.tsx'
import { associationKinds, bodies as termBodies } from './union.ts'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ view }) => view.union.name)

const endable: readonly string[] = ['preparatory', 'approved', 'active', 'restructuring']

export async function loader(args: LoaderFunctionArgs) {
  const unionId = Number(args.params['id'])
  return ask(args, async (api) => {
    const view = await api.unions.getUnion({ unionId })
    const { union } = view
    const isOwn = union.tenant_id === args.context.visitor?.tenantId
    const mayEnd = isOwn && union.kind !== 'GROUP' && endable.includes(union.state)
    const [
      { steps },
      { files },
      dueTerms,
      coverage,
      groups,
      members,
      obstacles,
      demonstrations,
      approval,
      legalPerson,
    ] = await Promise.all([
      api.unions.findNextUnionSteps({ unionId }),
      api.files.listRecordFiles({ kind: 'union', objectId: unionId }),
      isOwn && union.state === 'active' ? api.terms.listTerms({ unionId, states: ['overdue', 'due_soon'] }) : null,
      api.coverage.listCoverage({ unionId, pageSize: 100 }),
      api.unions.listUnions({ parentUnionId: unionId, pageSize: 100 }),
      associationKinds.includes(union.kind)
        ? api.coverage.listAssociation({ associationId: unionId, pageSize: 200 })
        : null,
      mayEnd ? api.unions.findObstacles({ unionId }) : null,
      api.demonstrations.listDemonstrations({ unionId, pageSize: 200 }),
      isOwn ? findPaper(args, api, 'unions.approval', unionId) : null,
      isOwn ? findPaper(args, api, 'unions.legalPerson', unionId) : null,
    ])
    const today = formatDate(args.context.now)
    return {
      view,
      nextSteps: steps,
      files,
      dueTerms: dueTerms?.rows ?? [],
      coverage,
      groups,
      members,
      obstacles,
      demonstrations,
      approval,
      legalPerson,
      isOwn,
      today,
    }
  })
}

/** One union: what it is, whom it covers, its bodies and terms, and everything that happened to it. */
export default function UnionPage() {
  const page = useLoaderData<typeof loader>()
  const { view, isOwn, approval, legalPerson } = page
  const { union, employerName, parentName, terms, steps } = view
  const text = useText()
  const writes = useMay()('organisation:write') && isOwn
  const keep = useKeepingPeriod()
  const kind = knownOf(kinds, union.kind)
  const ownership = knownOf(ownerships, union.ownership)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('unions.code'), union.code ?? '—'],
    [text('unions.kind'), kind === null ? union.kind : text(`unions.kind.${kind}`)],
    [text('unions.body'), view.bodyName],
    [
      text('unions.employer'),
      employerName === null ? (
        '—'
      ) : (
        <Link to={keep(`/organisation/employers?employer=${union.employer_id}`)}>{employerName}</Link>
      ),
    ],
    ...(parentName === null
      ? []
      : [
          [
            text('unions.parent'),
            <Link to={keep(`/organisation/unions/${union.parent_union_id}`)}>{parentName}</Link>,
          ] as const,
        ]),
    [text('unions.ownership'), ownership === null ? union.ownership : text(`unions.ownership.${ownership}`)],
    [
      text('unions.headcount'),
      view.isHeadcountRegistered ? (
        <>
          {union.headcount}{' '}
          <Link to={keep(`/organisation/coverage?covered.search=${encodeURIComponent(union.name)}`)}>
            {text('unions.headcount.registered')}
          </Link>
        </>
      ) : (
        union.headcount
      ),
    ],
    [text('unions.headcount.female'), union.female_headcount],
    [text('unions.applied'), union.applied_on ?? '—'],
    [text('unions.approved'), union.approved_on === null ? '—' : `${union.approved_on} ${union.approval_no}`],
    [text('unions.founded'), union.founded_on ?? '—'],
    [text('unions.legal'), union.legal_person_no === '' ? '—' : union.legal_person_no],
    ...(view.lineGuide === null ? [] : [[text('unions.lineGuide'), view.lineGuide.name] as const]),
    ...(union.office === '' ? [] : [[text('unions.office'), union.office] as const]),
    ...(union.phone === '' ? [] : [[text('unions.phone'), union.phone] as const]),
    ...(union.expected_end_on === null ? [] : [[text('unions.expectedEnd'), union.expected_end_on] as const]),
    ...(union.ended_on === null ? [] : [[text('unions.ended'), `${union.ended_on} ${union.end_reason}`] as const]),
  ]
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/unions')}>
        <Icon name="left" />
        {text('unions.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{union.name}</h1>
          <p>
            <UnionStateMark state={union.state} />{' '}
            <Link to={keep(`/organisation/unions/${union.id}/ledger`)}>{text('ledgers.link')}</Link>
          </p>
        </div>
        {isOwn ? <UnionActs view={view} steps={page.nextSteps} /> : null}
      </div>
      <UnionSteps view={view} steps={page.nextSteps} dueTerms={page.dueTerms} />
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
        <PeoplePart view={view} isOwn={isOwn} />
        <CompanionPart view={view} writes={writes} />
        <section>
          <h2>{text('unions.terms')}</h2>
          {terms.length === 0 ? (
            <p className="gl-hint">{text('unions.terms.none')}</p>
          ) : (
            <dl className="facts">
              {terms.map((term) => {
                const known = knownOf(termBodies, term.body)
                return (
                  <div key={term.id} className="fact">
                    <dt>
                      {known === null ? term.body : text(`unions.termOf.${known}`)}{' '}
                      {text('unions.term.number', { number: term.number })}
                    </dt>
                    <dd>
                      {term.startsOn} – {term.extendedTo ?? term.endsOn}{' '}
                      {term.state !== 'ended' && (term.extendedTo ?? term.endsOn) < page.today ? (
                        <span className="term-state-overdue">{text('unions.term.overdue')}</span>
                      ) : null}
                    </dd>
                  </div>
                )
              })}
            </dl>
          )}
        </section>
        <CoveragePart view={view} coverage={page.coverage} members={page.members} writes={writes} />
        <GroupPart view={view} groups={page.groups} writes={writes} />
        {approval === null ? null : (
          <PaperActs sheet={approval} name={text('papers.unions.approval')} signs="organisation:approve" />
        )}
        {legalPerson === null ? null : (
          <PaperActs sheet={legalPerson} name={text('papers.unions.legalPerson')} signs="organisation:approve" />
        )}
        <RecordFiles kind="union" objectId={union.id} files={page.files} writes={writes} />
        <DemonstrationPart view={view} demonstrations={page.demonstrations.rows} isOwn={isOwn} />
        <History
          steps={steps}
          nameOf={(state) => {
            const known = knownOf(states, state)
            return known === null ? state : text(`unions.state.${known}`)
          }}
        />
      </div>
      {writes ? <EndingPart view={view} obstacles={page.obstacles} /> : null}
    </div>
  )
}
