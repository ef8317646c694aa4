import type { RouterOutputs } from '@gonglian/api'
import { Icon, useText } from '@gonglian/ui'
import { useId } from 'react'
import { useAct } from '../../../act.ts'

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
  const read = async (shown: number) => {
    const outcome = await act((api) => api.checklists.readEvidence.query({ evidenceId: shown }))
    if (outcome?.ok === true) keepFile(outcome.value)
  }
  const store = async (file: File | undefined) => {
    if (file === undefined || onStored === null) return
    const content = await readBase64(file)
    const outcome = await act((api) => api.checklists.storeEvidence.mutate({ fileName: file.name, content }))
    if (outcome?.ok === true) onStored(outcome.value.evidenceId)
  }
  return (
    <div className="evidence-file">
      {evidenceId === null ? null : (
        <button type="button" className="gl-link-button" disabled={busy} onClick={() => read(evidenceId)}>
          <Icon name="download" />
          {text('ledgers.evidence.open', { id: evidenceId })}
        </button>
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

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('unreadable file'))
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    }
    reader.readAsDataURL(file)
  })
}

const endings = { 'image/jpeg': ['.jpg', '.jpeg'], 'image/png': ['.png'], 'application/pdf': ['.pdf'] } as const

/** Hands a file to the browser's downloads. */
function keepFile({ fileName, mediaType, content }: RouterOutputs['checklists']['readEvidence']): void {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = endings[mediaType].some((ending) => fileName.toLowerCase().endsWith(ending))
    ? fileName
    : `${fileName}${endings[mediaType][0]}`
  link.click()
  URL.revokeObjectURL(url)
}
