import { Dialog, useText } from '@gonglian/ui'
import { RefusalNotice } from './notice.tsx'

export type ConfirmDialogProps = {
  readonly open: boolean
  /** What will be done; also what the button says. */
  readonly title: string
  /** To whom, and what follows from it. */
  readonly question: string
  readonly busy: boolean
  readonly refusal: string | null
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that somebody else will feel. */
export function ConfirmDialog({ open, title, question, busy, refusal, onConfirm, onClose }: ConfirmDialogProps) {
  const text = useText()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <button type="button" className="gl-button" data-autofocus="" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="button" className="gl-button gl-button-main" disabled={busy} onClick={onConfirm}>
            {title}
          </button>
        </>
      }
    >
      <p>{question}</p>
      <RefusalNotice message={refusal} />
    </Dialog>
  )
}
