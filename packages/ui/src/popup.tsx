import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

export type PopupProps = {
  /** What the button shows. */
  readonly button: ReactNode
  readonly label: string
  readonly children: (close: () => void) => ReactNode
  readonly align?: 'left' | 'right'
  readonly className?: string
  /** Inside a box that scrolls and would cut the panel off: the panel is placed in the window, and follows its button. */
  readonly floating?: boolean
}

/** Puts the panel below its button, or above it where there is more room, inside the window. */
function placePanel(button: HTMLElement, panel: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const edge = 12
  const below = innerHeight - at.bottom - edge
  const above = at.top - edge
  const up = below < panel.scrollHeight && above > below
  Object.assign(panel.style, {
    top: up ? 'auto' : `${at.bottom + 4}px`,
    bottom: up ? `${innerHeight - at.top + 4}px` : 'auto',
    left: `${Math.max(edge, Math.min(at.left, innerWidth - panel.offsetWidth - edge))}px`,
    maxHeight: `${up ? above : below}px`,
  })
}

/** A button that opens a panel below it. Esc and a click elsewhere close it; Esc gives the focus back to the button. */
export function Popup({ button, label, children, align = 'left', className = '', floating = false }: PopupProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open || !floating) return
    const place = () => {
      if (opener.current && panel.current) placePanel(opener.current, panel.current)
    }
    place()
    // Whatever scrolls, not the window alone.
    document.addEventListener('scroll', place, true)
    window.addEventListener('resize', place)
    return () => {
      document.removeEventListener('scroll', place, true)
      window.removeEventListener('resize', place)
    }
  }, [open, floating])

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
        <div
          className={`gl-popup-panel gl-popup-${floating ? 'floating' : align}`}
          id={id}
          role="dialog"
          aria-label={label}
          ref={panel}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  )
}
