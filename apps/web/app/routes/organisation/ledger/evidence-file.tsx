import { Icon, useText } from '@gonglian/ui'
import { useId } from 'react'
import { useAct } from '../../../act.ts'
import { sendFile } from '../../../files/send-file.ts'

type Kind = 'none' | 'photo' | 'document' | 'either'
const accepts: Readonly<Record<Kind, string>> = {
  none: '.jpg,.jpeg,.png,.pdf',
  photo: '.jpg,.jpeg,.png',
  document: '.pdf',
  either: '.jpg,.jpeg,.png,.pdf',
}

export type EvidenceFileProps = {
  readonly evidenceId: number | null
  readonly kind: Kind
  /** What it is the evidence of. */
  readonly label: string
  /** Null: to be read only. */
  readonly onStored: ((evidenceId: number) => void) | null
}

/** The paper or photograph behind an item: to look at, to put another in its place. */
export function EvidenceFile({ evidenceId, kind, label, onStored }: EvidenceFileProps) {
  const text = useText()
  const id = useId()
  const { act, busy, refusal } = useAct()
  const store = async (file: File | undefined) => {
    if (file === undefined || onStored === null) return
    const outcome = await act(() => sendFile('evidence', file))
    if (outcome?.ok === true) onStored(outcome.value.fileId)
  }
  return (
    <div className="evidence-file">
      {evidenceId === null ? null : (
        <a className="gl-link-button" href={`/files/${evidenceId}`}>
          <Icon name="download" />
          {text('ledgers.evidence.open', { id: evidenceId })}
        </a>
      )}
      {onStored === null ? null : (
        <>
          <label htmlFor={id} className="gl-hint">
            {text(`checklists.evidence.${kind}`)}
          </label>
          <input
            id={id}
            type="file"
            accept={accepts[kind]}
            disabled={busy}
            aria-label={text('ledgers.evidence.store', { item: label })}
            onChange={(event) => store(event.target.files?.[0])}
          />
        </>
      )}
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.fields[0]?.message ?? refusal.message}
        </p>
      ) : null}
    </div>
  )
}
