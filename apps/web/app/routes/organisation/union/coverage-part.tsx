import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { findUnions } from '../finders.ts'
import { knownOf } from '../unions/union.ts'
import { CoverAct } from './cover-act.tsx'
import { associationKinds, coverageModes, modes, type UnionView } from './union.ts'

export type CoveragePartProps = {
  readonly view: UnionView
  readonly coverage: RouterOutputs['coverage']['listCoverage']
  readonly members: RouterOutputs['coverage']['listAssociation'] | null
  readonly writes: boolean
}

/** Whom the union covers, and which associations it belongs to or consists of. */
export function CoveragePart({ view, coverage, members, writes }: CoveragePartProps) {
  const text = useText()
  const { union } = view
  const offered = coverageModes(union.kind)
  const keep = useKeepingPeriod()
  return (
    <section>
      <div className="part-head">
        <h2>{text('unions.coverage', { count: coverage.total })}</h2>
        {writes && union.ended_on === null && offered.length > 0 ? <CoverAct union={union} offered={offered} /> : null}
      </div>
      {coverage.rows.length === 0 ? (
        <p className="gl-hint">{text('unions.coverage.none')}</p>
      ) : (
        <ul className="plain-list">
          {coverage.rows.map((unit) => {
            const mode = knownOf(modes, unit.mode)
            return (
              <li key={unit.id}>
                <Link to={keep(`/organisation/employers?employer=${unit.employerId}`)}>{unit.employerName}</Link>{' '}
                <span className="gl-hint">
                  {mode === null ? unit.mode : text(`unions.mode.${mode}`)} {unit.validFrom}
                </span>{' '}
                {writes && mode !== 'own' ? (
                  <ActDialog
                    quiet
                    label={text('unions.cover.end')}
                    title={text('unions.cover.end.title', { name: unit.employerName })}
                    fields={[
                      { name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' },
                      { name: 'note', label: text('unions.note'), kind: 'text', optional: true },
                    ]}
                    run={(api, values) =>
                      api.coverage.endCoverage.mutate({
                        coverageId: unit.id,
                        on: values['on'] ?? '',
                        note: values['note'] ?? '',
                      })
                    }
                  />
                ) : null}
              </li>
            )
          })}
        </ul>
      )}
      {coverage.total > coverage.rows.length ? (
        <p className="gl-hint">
          <Link to={keep(`/organisation/coverage?covered.search=${encodeURIComponent(union.name)}`)}>
            {text('unions.coverage.all', { count: coverage.total })}
          </Link>
        </p>
      ) : null}
      <Associations view={view} members={members} writes={writes} />
    </section>
  )
}

type AssociationsProps = Omit<CoveragePartProps, 'coverage'>

function Associations({ view, members, writes }: AssociationsProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { union, associations } = view
  const isAssociation = associationKinds.includes(union.kind)
  const acts = writes && union.state === 'active'
  const mayJoin = acts && (union.kind.startsWith('BASIC') || union.kind === 'ORGANISER_ONLY')
  const rows = isAssociation
    ? (members?.rows ?? []).map((one) => ({
        id: one.unionId,
        name: one.name,
        since: one.since,
        associationId: union.id,
        unionId: one.unionId,
      }))
    : associations.map((one) => ({ ...one, associationId: one.id, unionId: union.id }))
  if (rows.length === 0 && !isAssociation && !mayJoin) return null
  return (
    <>
      <div className="part-head">
        <h2>{text(isAssociation ? 'unions.associationMembers' : 'unions.associations')}</h2>
        {(isAssociation && acts) || mayJoin ? (
          <ActDialog
            label={text(isAssociation ? 'unions.associationMembers.add' : 'unions.associations.join')}
            title={text(isAssociation ? 'unions.associationMembers.add' : 'unions.associations.join')}
            fields={[
              {
                name: isAssociation ? 'unionId' : 'associationId',
                label: text('unions.name'),
                kind: 'find',
                find: findUnions(union.tenant_id, union.id, isAssociation ? [] : ['association']),
                paths: ['unionId', 'associationId'],
              },
              { name: 'on', label: text('unions.cover.from'), kind: 'date', initial: 'today' },
            ]}
            run={(api, values) =>
              api.coverage.joinAssociation.mutate({
                associationId: isAssociation ? union.id : Number(values['associationId']),
                unionId: isAssociation ? Number(values['unionId']) : union.id,
                on: values['on'] ?? '',
              })
            }
          />
        ) : null}
      </div>
      {rows.length === 0 ? <p className="gl-hint">{text('unions.associations.none')}</p> : null}
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={keep(`/organisation/unions/${row.id}`)}>{row.name}</Link>{' '}
            <span className="gl-hint">{row.since}</span>{' '}
            {acts ? (
              <ActDialog
                quiet
                label={text('unions.associations.leave')}
                title={text('unions.associations.leave.title', { name: row.name })}
                fields={[{ name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' }]}
                run={(api, values) =>
                  api.coverage.leaveAssociation.mutate({
                    associationId: row.associationId,
                    unionId: row.unionId,
                    on: values['on'] ?? '',
                  })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
      {members !== null && members.total > members.rows.length ? (
        <p className="gl-hint">
          {text('unions.associationMembers.first', { shown: members.rows.length, count: members.total })}
        </p>
      ) : null}
    </>
  )
}
