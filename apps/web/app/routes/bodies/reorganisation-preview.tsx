import { EmptyState, formatDate, useText } from '@gonglian/ui'
import { useState } from 'react'
import { TextField } from '../../text-field.tsx'
import type { PlanInput } from './reorganisation-fields.ts'
import { PartList, TotalChanges, type Preview } from './total-changes.tsx'

export type PreviewPanelProps = {
  readonly body: { readonly name: string }
  readonly plan: PlanInput
  readonly preview: Preview
  /** The one before was no longer true. */
  readonly stale: boolean
  readonly mayDecide: boolean
  readonly busy: boolean
  readonly refusal: string | null
  readonly onChange: () => void
  readonly onDecide: () => void
}

/** What a change would do, and the decision. What ends a body asks for its name. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { body, plan, preview, stale, mayDecide, busy, refusal, onChange, onDecide } = props
  const text = useText()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const endsBody = plan.kind === 'close' || plan.kind === 'merge'
  const isNamed = !endsBody || typed.trim() === body.name
  return (
    <section className="panel reorganisation-preview" aria-live="polite">
      {stale ? (
        <p className="gl-error-text" role="alert">
          {text('reorganisation.stale')}
        </p>
      ) : null}
      <h3>
        {text(`reorganisation.kind.${plan.kind}`)} · {formatDate(plan.day)}
      </h3>
      <p>
        {plan.reason}
        {plan.documentNumber ? ` · ${plan.documentNumber}` : ''}
      </p>
      <h3>{text('reorganisation.parts')}</h3>
      <PartList parts={preview.parts} />
      <h3>{text('reorganisation.totals')}</h3>
      <p className="gl-hint">
        {text('reorganisation.totals.closed', { day: formatDate(plan.day) })} {text('reorganisation.totals.above')}
      </p>
      {preview.changes.length === 0 ? (
        <EmptyState
          title={text(preview.periods === 0 ? 'reorganisation.totals.notBegun' : 'reorganisation.totals.none')}
        />
      ) : (
        <TotalChanges changes={preview.changes} cause={{ kind: plan.kind, day: plan.day, parts: preview.parts }} />
      )}
      {mayDecide && endsBody ? (
        <TextField
          name="typed"
          label={text('reorganisation.typeName', { name: body.name })}
          value={typed}
          onChange={setTyped}
          wrong={tried && !isNamed ? text('reorganisation.typeName.wrong') : null}
          maxLength={120}
        />
      ) : null}
      {refusal === null ? null : (
        <p className="gl-error-text" role="alert">
          {refusal}
        </p>
      )}
      {mayDecide ? null : <p className="gl-hint">{text('reorganisation.officer')}</p>}
      <p className="reorganisation-buttons">
        <button type="button" className="gl-button" onClick={onChange}>
          {text('reorganisation.change')}
        </button>{' '}
        {mayDecide ? (
          <button
            type="button"
            className="gl-button gl-button-main"
            disabled={busy}
            onClick={() => (isNamed ? onDecide() : setTried(true))}
          >
            {text('reorganisation.confirm')}
          </button>
        ) : null}
      </p>
    </section>
  )
}
