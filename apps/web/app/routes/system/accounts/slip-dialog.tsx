import { Dialog, useText } from '@gonglian/ui'
import { useRef, useState } from 'react'

/** One of the two parts that a person needs for a password of their own: the code or the link. */
export type Slip = { readonly username: string; readonly kind: 'code' | 'link'; readonly value: string }

/** A part that is told once, for the person it belongs to. It lives in this page's memory only and is gone when the dialog closes. */
export function SlipDialog(props: { readonly slip: Slip | null; readonly onClose: () => void }) {
  const { slip, onClose } = props
  const text = useText()
  const shown = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState(false)
  const close = () => {
    setCopied(false)
    onClose()
  }
  const copy = () => {
    if (!slip) return
    // Without https a browser has no clipboard for pages; selected text can still be copied by hand.
    if (!isSecureContext) return select()
    navigator.clipboard.writeText(slip.value).then(() => setCopied(true), select)
  }
  const select = () => {
    if (shown.current) getSelection()?.selectAllChildren(shown.current)
  }
  return (
    <Dialog
      open={slip !== null}
      onClose={close}
      title={text(slip?.kind === 'link' ? 'accounts.slip.link' : 'accounts.slip.code', {
        username: slip?.username ?? '',
      })}
      footer={
        <button type="button" className="gl-button gl-button-main" onClick={close}>
          {text('accounts.slip.close')}
        </button>
      }
    >
      <p>{text(slip?.kind === 'link' ? 'accounts.slip.link.text' : 'accounts.slip.code.text')}</p>
      <p className="told-once">
        <code ref={shown}>{slip?.value}</code>
        <button type="button" className="gl-button" data-autofocus="" onClick={copy}>
          {text('accounts.slip.copy')}
        </button>
        <span role="status" className="gl-hint">
          {copied ? text('accounts.slip.copied') : ''}
        </span>
      </p>
      <p className="gl-hint">{text('accounts.slip.next')}</p>
    </Dialog>
  )
}
