import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { Dialog, formatDateTime, useText } from '@gonglian/ui'
import type { ReactNode } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { nameActor } from '../actor.ts'
import { knownOf, ownerships, unitClasses } from '../unions/union.ts'
import { employerStates } from './employer.ts'
import { readEmployer, useEmployerFields } from './employer-fields.ts'

export type OpenedEmployer = {
  readonly view: RouterOutputs['employers']['getEmployer']
  readonly coverage: RouterOutputs['coverage']['listCoverage']['rows']
  readonly isOwn: boolean
}
export type EmployerDialogProps = { readonly opened: OpenedEmployer; readonly onClose: () => void }

/** One employer: what the register says, in which unions it is, what happened to it, and what may be done. */
export function EmployerDialog({ opened, onClose }: EmployerDialogProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { view, coverage, isOwn } = opened
  const { employer, steps } = view
  const ownership = knownOf(ownerships, employer.ownership)
  const unitClass = knownOf(unitClasses, employer.unit_class)
  const state = (status: string) => {
    const known = knownOf(employerStates, status)
    return known === null ? status : text(`employers.state.${known}`)
  }
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('employers.creditCode'), employer.credit_code ?? '—'],
    [
      text('employers.state'),
      employer.ended_on === null ? state(employer.status) : `${state(employer.status)} ${employer.ended_on}`,
    ],
    [text('unions.ownership'), ownership === null ? employer.ownership : text(`unions.ownership.${ownership}`)],
    [text('unions.unitClass'), unitClass === null ? employer.unit_class : text(`unions.unitClass.${unitClass}`)],
    [text('unions.headcount'), employer.headcount ?? '—'],
    [text('unions.headcount.female'), employer.female_count ?? '—'],
    [text('employers.park'), employer.park === '' ? '—' : employer.park],
    [text('employers.address'), employer.address === '' ? '—' : employer.address],
    ...(employer.former_names.length === 0
      ? []
      : [[text('employers.formerNames'), employer.former_names.join('、')] as const]),
  ]
  return (
    <Dialog open onClose={onClose} title={employer.name} place="side">
      <div className="side-parts">
        {isOwn ? <EmployerActs opened={opened} /> : null}
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <section>
          <h3>{text('employers.unions')}</h3>
          {coverage.length === 0 ? <p className="gl-hint">{text('employers.union.without')}</p> : null}
          <ul className="plain-list">
            {coverage.map((one) => (
              <li key={one.id}>
                <Link to={keep(`/organisation/unions/${one.unionId}`)}>{one.unionName}</Link>{' '}
                <span className="gl-hint">
                  {text(`unions.mode.${one.mode}`)} {one.validFrom}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{text('unions.history')}</h3>
          {steps.length === 0 ? <p className="gl-hint">{text('unions.history.none')}</p> : null}
          <ol className="plain-list">
            {steps.map((step, index) => (
              <li key={index}>
                {formatDateTime(step.at)} {state(step.to)} {step.reason}{' '}
                <span className="gl-hint">{nameActor(text, step.actor)}</span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Dialog>
  )
}

function EmployerActs({ opened }: { readonly opened: OpenedEmployer }) {
  const text = useText()
  const may = useMay()
  const { employer } = opened.view
  const fields = useEmployerFields(employer)
  if (!may('organisation:write')) return null
  const seen = { employerId: employer.id, version: employer.version }
  const isOver = employer.status === 'closed' || employer.status === 'moved'
  const left = (['suspended', 'operating', 'closed', 'moved'] as const).filter((one) => one !== employer.status)
  return (
    <div className="acts">
      <ActDialog
        wide
        label={text('employers.change')}
        title={text('employers.change.title', { name: employer.name })}
        fields={fields}
        run={(api, values) => api.employers.changeEmployer.mutate({ ...seen, ...readEmployer(values) })}
      />
      {isOver ? null : (
        <>
          {opened.coverage.length > 0 ? null : (
            <ActDialog
              label={text('leads.open.one')}
              title={text('leads.open.one.title', { name: employer.name })}
              fields={[
                { name: 'assignedTo', label: text('leads.assignedTo'), kind: 'text', maxLength: 60, optional: true },
                { name: 'dueOn', label: text('leads.due'), kind: 'date', optional: true },
              ]}
              run={(api, values) =>
                api.leads.openLeads.mutate({
                  employerIds: [employer.id],
                  assignedTo: values['assignedTo'] ?? '',
                  ...(values['dueOn'] ? { dueOn: values['dueOn'] } : {}),
                })
              }
            />
          )}
          {employer.status === 'restructured' ? null : (
            <ActDialog
              label={text('employers.restructure')}
              title={text('employers.restructure.title', { name: employer.name })}
              text={text('employers.restructure.text')}
              fields={[
                { name: 'on', label: text('employers.restructure.on'), kind: 'date', initial: 'today' },
                { name: 'reason', label: text('employers.restructure.reason'), kind: 'lines', maxLength: 300 },
              ]}
              run={(api, values) =>
                api.employers.restructureEmployer.mutate({
                  ...seen,
                  on: values['on'] ?? '',
                  reason: values['reason'] ?? '',
                })
              }
            />
          )}
          <ActDialog
            label={text('employers.close')}
            title={text('employers.close.title', { name: employer.name })}
            text={text('employers.close.text')}
            fields={[
              {
                name: 'status',
                label: text('employers.state'),
                kind: 'choice',
                initial: left[0] ?? 'closed',
                options: left.map((one) => ({ value: one, label: text(`employers.state.${one}`) })),
              },
              { name: 'on', label: text('employers.on'), kind: 'date', initial: 'today' },
              { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
            ]}
            run={(api, values) =>
              api.employers.closeEmployer.mutate({
                ...seen,
                status: left.find((one) => one === values['status']) ?? 'closed',
                on: values['on'] ?? '',
                reason: values['reason'] ?? '',
              })
            }
          />
        </>
      )}
    </div>
  )
}
