import { formatUnit, isOffBound, useFigureHand, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import { Field, RefusalNote, findFieldError } from '../field.tsx'
import { writeTarget } from '../figure.ts'
import { findBound, type SplitView, type ViewRow } from './rows.ts'

export type SettleFormProps = {
  readonly view: SplitView
  readonly row: ViewRow
  readonly share: NonNullable<ViewRow['share']>
  readonly onDone: () => void
}

const choices = ['keep', 'take', 'other'] as const

/** Answers a dispute: the old value, the one asked for, or one between; what that does to the reserve is said at once. */
export function SettleForm({ view, row, share, onDone }: SettleFormProps) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { act, busy, refusal } = useAct()
  const [choice, setChoice] = useState<(typeof choices)[number] | null>(null)
  const [typed, setTyped] = useState('')
  const [reply, setReply] = useState('')
  const [exemption, setExemption] = useState(share.exemption)
  const { item } = view
  const write = (value: number | null) => writeTarget(value, item.measure, locale)
  const read = choice === 'other' && typed.trim() !== '' ? hand.read(typed, item.measure) : null
  const value = choice === 'keep' ? share.value : choice === 'take' ? share.counterValue : read?.ok ? read.value : null
  const bound = findBound(view)
  const off = isOffBound(bound, value)
  const reserve = view.share.reserve
  const after = item.method === 'sum' && reserve !== null && value !== null ? reserve + share.value - value : null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (choice === null || (choice !== 'other' && value === null)) return
    const outcome = await act((api) =>
      api.targets.settleAllocation.mutate({
        itemId: item.id,
        receiverId: row.body.id,
        version: share.version,
        value: choice === 'other' ? typed : (value ?? 0),
        reply,
        exemption: off ? exemption : '',
      }),
    )
    if (outcome?.ok) onDone()
  }
  return (
    <form className="targets-form targets-answer" onSubmit={(event) => void submit(event)} noValidate>
      <fieldset>
        <legend>{text('targets.settle')}</legend>
        {choices.map((one) => (
          <label key={one} className="gl-choice">
            <input type="radio" name="settle" checked={choice === one} onChange={() => setChoice(one)} />
            {text(`targets.settle.${one}`, { figure: write(one === 'keep' ? share.value : share.counterValue) })}
          </label>
        ))}
      </fieldset>
      {choice === 'other' ? (
        <Field
          label={text('targets.value.in', { unit: formatUnit(item.measure.unit, locale) })}
          hint={read?.ok ? text('targets.value.read', { figure: write(read.value) }) : undefined}
          error={
            read !== null && !read.ok
              ? translateUnknown(locale, read.key, read.params)
              : findFieldError(refusal, 'value')
          }
        >
          {(control) => (
            <input
              {...control}
              className="gl-input"
              maxLength={60}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      ) : findFieldError(refusal, 'value') === null ? null : (
        <p className="gl-error-text" role="alert">
          {findFieldError(refusal, 'value')}
        </p>
      )}
      {after === null ? null : (
        <p className={after < 0 ? 'targets-over' : 'gl-hint'} role="status">
          {text(after < 0 ? 'targets.settle.over' : 'targets.settle.reserve', {
            before: write(reserve),
            after: write(Math.abs(after)),
          })}
        </p>
      )}
      {off && bound?.kind !== 'equal' ? (
        <Field label={text('targets.exemption')} hint={text('targets.exemption.help')}>
          {(control) => (
            <textarea
              {...control}
              className="gl-input"
              rows={2}
              maxLength={500}
              value={exemption}
              onChange={(event) => setExemption(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label={text('targets.settle.reply')} error={findFieldError(refusal, 'reply')}>
        {(control) => (
          <textarea
            {...control}
            className="gl-input"
            rows={3}
            maxLength={500}
            value={reply}
            onChange={(event) => setReply(event.target.value)}
          />
        )}
      </Field>
      <RefusalNote refusal={refusal} shown={['value', 'reply']} />
      <span className="targets-buttons">
        <button
          type="submit"
          className="gl-button gl-button-main"
          disabled={busy || choice === null || (choice === 'other' && typed.trim() === '')}
        >
          {text('targets.settle.send', { body: row.body.shortName })}
        </button>
      </span>
    </form>
  )
}
