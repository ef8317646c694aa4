import { useEffect, useId, useRef, type MouseEvent, type ReactNode, type SyntheticEvent } from 'react'
import { Icon } from './icons.tsx'
import { useText } from './text.tsx'

export type DialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  readonly footer?: ReactNode
  /** In the middle, or along the right edge for what one looks at beside a table. */
  readonly place?: 'center' | 'side'
  readonly wide?: boolean
}

/**
 * A modal dialog on the browser's own `<dialog>`: it keeps the focus inside, closes on Esc and gives the focus back to
 * where it was.
 */
export function Dialog({ open, onClose, title, children, footer, place = 'center', wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const text = useText()

  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open && !element.open) {
      element.showModal()
      element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    }
    if (!open && element.open) element.close()
  }, [open])

  // React lets the closing of a dialog inside this one rise up to here.
  const closeItself = (event: SyntheticEvent) => {
    if (event.target === dialog.current) onClose()
  }
  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={`gl-dialog gl-dialog-${place} ${wide ? 'gl-dialog-wide' : ''}`}
      aria-labelledby={titleId}
      onClose={closeItself}
      onClick={closeOnBackdrop}
    >
      {open ? (
        <div className="gl-dialog-box">
          <div className="gl-dialog-head">
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="gl-icon-button" aria-label={text('pages.close')} onClick={onClose}>
              <Icon name="close" />
            </button>
          </div>
          <div className="gl-dialog-body">{children}</div>
          {footer === undefined ? null : <div className="gl-dialog-foot">{footer}</div>}
        </div>
      ) : null}
    </dialog>
  )
}
