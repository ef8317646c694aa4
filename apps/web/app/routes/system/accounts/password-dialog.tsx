import { Dialog, useText } from '@gonglian/ui'
import { useRef, useState } from 'react'

export type NewPassword = { readonly username: string; readonly password: string }

/** A password that is told once. It lives in this page's memory only and is gone when the dialog closes. */
export function PasswordDialog(props: { readonly password: NewPassword | null; readonly onClose: () => void }) {
  const { password, onClose } = props
  const text = useText()
  const shown = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState(false)
  const close = () => {
    setCopied(false)
    onClose()
  }
  const copy = () => {
    if (!password) return
    // Without https a browser has no clipboard for pages; selected text can still be copied by hand.
    if (!isSecureContext) return select()
    navigator.clipboard.writeText(password.password).then(() => setCopied(true), select)
  }
  const select = () => {
    if (shown.current) getSelection()?.selectAllChildren(shown.current)
  }
  return (
    <Dialog
      open={password !== null}
      onClose={close}
      title={text('accounts.password.title', { username: password?.username ?? '' })}
      footer={
        <button type="button" className="gl-button gl-button-main" onClick={close}>
          {text('accounts.password.close')}
        </button>
      }
    >
      <p>{text('accounts.password.text')}</p>
      <p className="told-once">
        <code ref={shown}>{password?.password}</code>
        <button type="button" className="gl-button" data-autofocus="" onClick={copy}>
          {text('accounts.password.copy')}
        </button>
        <span role="status" className="gl-hint">
          {copied ? text('accounts.password.copied') : ''}
        </span>
      </p>
      <p className="gl-hint">{text('accounts.password.next')}</p>
    </Dialog>
  )
}
