import type { Refusal } from '@gonglian/api'
import { Dialog, useLocale, useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'

type Props = {
  readonly open: boolean
  readonly names: readonly string[]
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly onSend: (message: string) => Promise<void>
  readonly onClose: () => void
}

const namesShown = 20

/** Names who will be reminded, and takes a word to go with it. */
export function UrgeDialog({ open, names, busy, refusal, onSend, onClose }: Props) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const [message, setMessage] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    await onSend(message.trim())
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text('reports.urge.title', { count: names.length })}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form={`${id}-form`} className="gl-button gl-button-main" disabled={busy}>
            {text('reports.urge.send')}
          </button>
        </>
      }
    >
      <form id={`${id}-form`} className="field" onSubmit={(event) => void send(event)}>
        <p>
          {names.slice(0, namesShown).join(locale === 'en' ? ', ' : '、')}
          {names.length > namesShown ? ' …' : ''}
        </p>
        <label htmlFor={id}>{text('reports.urge.message')}</label>
        <textarea
          id={id}
          className="gl-input report-reason"
          data-autofocus=""
          rows={3}
          maxLength={500}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        <p className="gl-hint">{text('reports.urge.help')}</p>
        {refusal ? (
          <p className="gl-error-text" role="alert">
            {refusal.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
