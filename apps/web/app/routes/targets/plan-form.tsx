import { Dialog, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../act.ts'
import { Field, RefusalNote, findFieldError, focusFirstWrong } from './field.tsx'
import { readHundredths, writeHundredths } from './figure.ts'
import type { Plan } from './plans.ts'

export type PlanTerms = Pick<Plan, 'id' | 'version' | 'year' | 'name' | 'yellowFrom' | 'redFrom' | 'overAllocation'>
export type PlanFormProps = {
  readonly year: number
  /** The draft that is changed; without it a new one is made. */
  readonly plan?: PlanTerms
  readonly onClose: () => void
  readonly onDone: (planId: number) => void
}

const percentFields = ['overAllocation', 'yellowFrom', 'redFrom'] as const

/** Name and terms of a plan: how far shares may pass their target, from where on lights turn. */
export function PlanForm({ year, plan, onClose, onDone }: PlanFormProps) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [typed, setTyped] = useState({
    name: plan?.name ?? '',
    year: String(plan?.year ?? year),
    overAllocation: writeHundredths(plan?.overAllocation ?? 0),
    yellowFrom: writeHundredths(plan?.yellowFrom ?? 0),
    redFrom: writeHundredths(plan?.redFrom ?? -1000),
  })
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const errorOf = (path: keyof typeof typed) =>
    !unreadable.includes(path)
      ? findFieldError(refusal, path)
      : text(path === 'name' ? 'errors.inputMissing' : 'targets.plan.notPercent')
  const input = (path: keyof typeof typed) => ({
    className: 'gl-input',
    value: typed[path],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [path]: event.target.value }),
  })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const wrong = [
      ...(typed.name.trim() === '' ? (['name'] as const) : []),
      ...percentFields.filter((path) => readHundredths(typed[path]) === null),
    ]
    setUnreadable(wrong)
    if (wrong.length > 0) return focusFirstWrong(form)
    const terms = {
      name: typed.name,
      year: Number(typed.year),
      overAllocation: readHundredths(typed.overAllocation) ?? 0,
      yellowFrom: readHundredths(typed.yellowFrom) ?? 0,
      redFrom: readHundredths(typed.redFrom) ?? 0,
    }
    const outcome = await act(async (api) => {
      if (plan === undefined) return (await api.targets.createPlan.mutate(terms)).planId
      await api.targets.updatePlan.mutate({ planId: plan.id, version: plan.version, ...terms })
      return plan.id
    })
    if (outcome?.ok) onDone(outcome.value)
    else focusFirstWrong(form)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={text(plan === undefined ? 'targets.create' : 'targets.plan.edit')}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form="plan-form" className="gl-button gl-button-main" disabled={busy}>
            {text('pages.save')}
          </button>
        </>
      }
    >
      <form id="plan-form" className="targets-form" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={text('targets.plan.name')} error={errorOf('name')}>
          {(control) => (
            <input
              {...control}
              {...input('name')}
              maxLength={120}
              data-autofocus
              placeholder={text('targets.plan.name.example', { year: typed.year })}
            />
          )}
        </Field>
        <Field label={text('targets.year')} error={errorOf('year')}>
          {(control) => <input {...control} {...input('year')} inputMode="numeric" maxLength={4} />}
        </Field>
        <Field
          label={text('targets.plan.over')}
          hint={text('targets.plan.over.help')}
          error={errorOf('overAllocation')}
        >
          {(control) => <input {...control} {...input('overAllocation')} inputMode="decimal" maxLength={9} />}
        </Field>
        <Field
          label={text('targets.plan.yellow')}
          hint={text('targets.plan.yellow.help')}
          error={errorOf('yellowFrom')}
        >
          {(control) => <input {...control} {...input('yellowFrom')} inputMode="text" maxLength={9} />}
        </Field>
        <Field label={text('targets.plan.red')} hint={text('targets.plan.red.help')} error={errorOf('redFrom')}>
          {(control) => <input {...control} {...input('redFrom')} inputMode="text" maxLength={9} />}
        </Field>
        <RefusalNote refusal={refusal} shown={Object.keys(typed)} />
      </form>
    </Dialog>
  )
}
