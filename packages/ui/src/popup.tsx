import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

export type PopupProps = {
  /** What the button shows. */
  readonly button: ReactNode
  readonly label: string
  readonly children: (close: () => void) => ReactNode
  readonly align?: 'left' | 'right'
  readonly className?: string
}

/** A button that opens a panel below it. Esc and a click elsewhere close it; Esc gives the focus back to the button. */
export function Popup({ button, label, children, align = 'left', className = '' }: PopupProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    const wanted = panel.current?.querySelector<HTMLElement>('[data-autofocus]')
    const first = wanted ?? panel.current?.querySelector<HTMLElement>('input,button,a,[tabindex="0"]')
    first?.focus()
    const closeOutside = (event: Event) => {
      if (!(event.target instanceof Node) || root.current?.contains(event.target)) return
      // A press on something inside that takes no focus gives it to what lies around: nobody has left.
      if (event.type === 'focusin' && event.target.contains(root.current)) return
      setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }

  return (
    <div className={`gl-popup ${className}`} ref={root} onKeyDown={closeOnEscape}>
      <button
        type="button"
        ref={opener}
        className="gl-popup-button"
        aria-label={label}
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open ? (
        <div className={`gl-popup-panel gl-popup-${align}`} id={id} role="dialog" aria-label={label} ref={panel}>
          {children(close)}
        </div>
      ) : null}
    </div>
  )
}
