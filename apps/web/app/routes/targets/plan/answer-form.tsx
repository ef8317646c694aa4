import { formatUnit, useFigureHand, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import { Field, RefusalNote, findFieldError } from '../field.tsx'
import { writeTarget } from '../figure.ts'
import type { PlanItem } from './items.ts'

export type AnswerFormProps = { readonly item: PlanItem; readonly share: NonNullable<PlanItem['share']> }

/** 签收 or 申请调整: accept one share as it stands, or ask for another value with the reason. */
export function AnswerForm({ item, share }: AnswerFormProps) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { act, busy, refusal, clear } = useAct()
  const [asking, setAsking] = useState(false)
  const [counter, setCounter] = useState('')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const named = { itemId: item.id, version: share.version }
  const read = counter.trim() === '' ? null : hand.read(counter, item.measure)
  const accept = () => act((api) => api.targets.acceptAllocations.mutate({ shares: [named] }))
  const dispute = async (event: FormEvent) => {
    event.preventDefault()
    setMissing(counter.trim() === '')
    if (counter.trim() === '') return
    await act((api) => api.targets.disputeAllocation.mutate({ ...named, counterValue: counter, reason }))
  }
  return (
    <section className="targets-answer" aria-label={text('targets.answer')}>
      <p>{text('targets.answer.ask', { figure: writeTarget(share.value, item.measure, locale) })}</p>
      {asking ? (
        <form className="targets-form" onSubmit={(event) => void dispute(event)} noValidate>
          <Field
            label={text('targets.counter', { unit: formatUnit(item.measure.unit, locale) })}
            hint={
              read?.ok
                ? text('targets.value.read', { figure: writeTarget(read.value, item.measure, locale) })
                : undefined
            }
            error={
              read !== null && !read.ok
                ? translateUnknown(locale, read.key, read.params)
                : missing && counter.trim() === ''
                  ? text('errors.inputMissing')
                  : findFieldError(refusal, 'counterValue')
            }
          >
            {(control) => (
              <input
                {...control}
                className="gl-input"
                maxLength={60}
                value={counter}
                onChange={(event) => setCounter(event.target.value)}
              />
            )}
          </Field>
          <Field label={text('targets.reason')} error={findFieldError(refusal, 'reason')}>
            {(control) => (
              <textarea
                {...control}
                className="gl-input"
                rows={3}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <RefusalNote refusal={refusal} shown={['counterValue', 'reason']} />
          <span className="targets-buttons">
            <button
              type="button"
              className="gl-button"
              onClick={() => {
                setAsking(false)
                clear()
              }}
            >
              {text('pages.cancel')}
            </button>
            <button type="submit" className="gl-button gl-button-main" disabled={busy}>
              {text('targets.dispute')}
            </button>
          </span>
        </form>
      ) : (
        <>
          <RefusalNote refusal={refusal} />
          <span className="targets-buttons">
            <button type="button" className="gl-button" onClick={() => setAsking(true)}>
              {text('targets.dispute')}
            </button>
            <button
              type="button"
              className="gl-button gl-button-main"
              disabled={busy}
              data-autofocus=""
              onClick={() => void accept()}
            >
              {text('targets.accept')}
            </button>
          </span>
        </>
      )}
    </section>
  )
}
