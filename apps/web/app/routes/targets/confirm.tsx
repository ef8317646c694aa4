import type { Refusal } from '@gonglian/api'
import { Dialog, useText } from '@gonglian/ui'
import { useState, type ReactNode } from 'react'
import { Field, RefusalNote } from './field.tsx'

export type ConfirmProps = {
  readonly title: string
  /** Says what will happen, and to what. */
  readonly children: ReactNode
  /** The verb. */
  readonly action: string
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** For what cannot be undone: this name must be typed first. */
  readonly name?: string
}

/** Asks before something is done to a named object. */
export function Confirm({ title, children, action, busy, refusal, onConfirm, onClose, name }: ConfirmProps) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const ready = name === undefined || typed.normalize('NFKC').trim() === name.normalize('NFKC').trim()
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="button" className="gl-button gl-button-main" disabled={busy || !ready} onClick={onConfirm}>
            {action}
          </button>
        </>
      }
    >
      <div className="targets-confirm">
        {children}
        {name === undefined ? null : (
          <Field label={text('targets.confirm.type', { name })}>
            {(control) => (
              <input
                {...control}
                className="gl-input"
                autoComplete="off"
                data-autofocus
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        <RefusalNote refusal={refusal} />
      </div>
    </Dialog>
  )
}
