import type { Refusal } from '@gonglian/api'
import { Dialog, useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly explain?: string
  readonly action: string
  readonly label?: string
  /** May be left empty. */
  readonly optional?: boolean
  readonly refusal: Refusal | null
  readonly busy: boolean
  readonly onReason: (reason: string) => Promise<void>
  readonly onClose: () => void
}

const shortest = 2

/** Asks why, and keeps what was written when it is refused. */
export function ReasonDialog(props: Props) {
  const { open, title, explain, action, label, optional = false, refusal, busy, onReason, onClose } = props
  const text = useText()
  const id = useId()
  const [reason, setReason] = useState('')
  const [tooShort, setTooShort] = useState(false)
  const wrong = tooShort ? text('reports.reason.short') : (refusal?.fields[0]?.message ?? refusal?.message)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const written = reason.trim()
    const isShort = !optional && written.length < shortest
    setTooShort(isShort)
    if (!isShort) await onReason(written)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form={`${id}-form`} className="gl-button gl-button-main" disabled={busy}>
            {action}
          </button>
        </>
      }
    >
      <form id={`${id}-form`} className="field" onSubmit={(event) => void send(event)}>
        {explain === undefined ? null : <p>{explain}</p>}
        <label htmlFor={id}>{label ?? text('reports.reason')}</label>
        <textarea
          id={id}
          className="gl-input report-reason"
          data-autofocus=""
          rows={3}
          maxLength={300}
          value={reason}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
          onChange={(event) => setReason(event.target.value)}
        />
        {wrong === undefined ? null : (
          <p className="gl-error-text" id={`${id}-wrong`} role="alert">
            {wrong}
          </p>
        )}
      </form>
    </Dialog>
  )
}
