import { Link, useNavigate } from '@remix-run/react'
import { formatDate, formatPercent, useLocale, useText } from '@gonglian/ui'
import { useState, type ReactNode } from 'react'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { nameActor } from '../../reports/actor.ts'
import { Confirm } from '../confirm.tsx'
import { writeHundredths } from '../figure.ts'
import { PlanForm } from '../plan-form.tsx'
import { AcceptAll } from './accept-all.tsx'
import { isRoot, matchesShow, type PlanView } from './items.ts'

export type PlanHeadProps = { readonly view: PlanView; readonly own: boolean; readonly add: ReactNode }
type Step = 'issue' | 'close' | 'delete' | 'edit' | 'accept'

/** What the plan is, its terms, and what may be done with the whole of it now. */
export function PlanHead({ view, own, add }: PlanHeadProps) {
  const { plan, body } = view
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const [step, setStep] = useState<Step | null>(null)
  const issuing = own && plan.issuer.id === body.id
  const items = view.aspects.flatMap((aspect) => aspect.items)
  const received = items.filter((item) => item.share !== null && !isRoot(item))
  const open = received.filter((item) => matchesShow(item, 'accept'))
  const signed = received.length > 0 && received.every((item) => item.share?.state === 'signed')
  const button = (to: Step, label: string, main = false) => (
    <button type="button" className={`gl-button ${main ? 'gl-button-main' : ''}`} onClick={() => setStep(to)}>
      {label}
    </button>
  )
  const letter = (label: string, main: boolean) => (
    <Link
      className={`gl-button ${main ? 'gl-button-main' : ''}`}
      to={keep(`/targets/${plan.id}/letter${own ? '' : `?body=${encodeURIComponent(body.code)}`}`)}
    >
      {label}
    </Link>
  )
  return (
    <>
      <p className="targets-crumb">
        <Link to={keep(`/targets?year=${plan.year}`)}>{text('targets.title')}</Link> ›
      </p>
      <div className="targets-head">
        <h1>{plan.name}</h1>
        <span className={`targets-state targets-state-${plan.state}`}>{text(`targets.planState.${plan.state}`)}</span>
        <span className="targets-actions">
          {issuing && plan.state === 'draft' && may('target:draft') ? (
            <>
              {button('delete', text('targets.plan.delete'))}
              {button('edit', text('targets.plan.edit'))}
            </>
          ) : null}
          {add}
          {issuing && plan.state === 'draft' && may('target:issue') && items.length > 0
            ? button('issue', text('targets.plan.issue'), true)
            : null}
          {issuing && plan.state === 'issued' && may('target:issue')
            ? button('close', text('targets.plan.close'))
            : null}
          {own && open.length > 0 && may('target:accept')
            ? button('accept', text('targets.acceptAll', { count: open.length }), true)
            : null}
          {received.length === 0
            ? null
            : letter(text(signed ? 'targets.letter.signed' : 'targets.letter'), own && !signed && open.length === 0)}
        </span>
      </div>
      <dl className="targets-terms">
        <div>
          <dt>{text('targets.issuer')}</dt>
          <dd>{plan.issuer.name}</dd>
        </div>
        <div>
          <dt>{text('targets.year')}</dt>
          <dd>{text('targets.year.of', { year: plan.year })}</dd>
        </div>
        <div>
          <dt>{text('targets.hierarchy')}</dt>
          <dd>{text(`targets.hierarchy.${plan.hierarchy}`)}</dd>
        </div>
        <div>
          <dt>{text('targets.plan.over')}</dt>
          <dd>{formatPercent(plan.overAllocation, locale)}</dd>
        </div>
        <div>
          <dt>{text('targets.lights.rule')}</dt>
          <dd>
            {text('targets.lights.rule.text', {
              yellow: writeHundredths(plan.yellowFrom),
              red: writeHundredths(plan.redFrom),
            })}
          </dd>
        </div>
        {plan.issuedAt === null ? null : (
          <div>
            <dt>{text('targets.issuedAt')}</dt>
            <dd>
              {formatDate(plan.issuedAt)} {plan.issuedBy === null ? '' : nameActor(plan.issuedBy, locale)}
            </dd>
          </div>
        )}
      </dl>
      {step === 'accept' ? <AcceptAll plan={plan} items={open} onClose={() => setStep(null)} /> : null}
      {step === 'edit' ? (
        <PlanForm year={plan.year} plan={plan} onClose={() => setStep(null)} onDone={() => setStep(null)} />
      ) : null}
      {step === 'issue' || step === 'close' || step === 'delete' ? (
        <PlanStep view={view} step={step} onClose={() => setStep(null)} />
      ) : null}
    </>
  )
}

type PlanStepProps = {
  readonly view: PlanView
  readonly step: 'issue' | 'close' | 'delete'
  readonly onClose: () => void
}

/** Issues, closes or deletes the plan, after it was named. */
function PlanStep({ view, step, onClose }: PlanStepProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { act, busy, refusal } = useAct()
  const { id: planId, version, name, year } = view.plan
  const items = view.aspects.reduce((sum, aspect) => sum + aspect.items.length, 0)
  const unsplit = view.aspects.flatMap((aspect) => aspect.items).filter((item) => item.share?.reserve === null).length
  const confirm = async () => {
    const outcome = await act(async (api) => {
      const named = { planId, version }
      if (step === 'issue') await api.targets.issuePlan.mutate(named)
      else if (step === 'close') await api.targets.closePlan.mutate(named)
      else await api.targets.deletePlan.mutate(named)
    })
    if (!outcome?.ok) return
    onClose()
    if (step === 'delete') navigate(keep(`/targets?year=${year}`), { replace: true })
  }
  return (
    <Confirm
      title={text(`targets.plan.${step}`)}
      action={text(`targets.plan.${step}`)}
      busy={busy}
      refusal={refusal}
      onConfirm={() => void confirm()}
      onClose={onClose}
      {...(step === 'delete' ? { name } : {})}
    >
      <p>{text(`targets.plan.${step}.ask`, { plan: name, items })}</p>
      {step === 'issue' && unsplit > 0 ? (
        <p className="gl-hint">{text('targets.plan.issue.unsplit', { count: unsplit })}</p>
      ) : null}
    </Confirm>
  )
}
