import { isShown } from '@gonglian/files/media'
import { Icon, useText } from '@gonglian/ui'
import { useState, type MouseEvent } from 'react'
import { useAct } from '../act.ts'

export type ShownFile = {
  readonly fileId: number
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly checkState: 'unchecked' | 'waiting' | 'clean' | 'infected'
  readonly isRemovable: boolean
  /** Whoever opens it is noted, and proves who it is before that. */
  readonly isNoted: boolean
}

/** The files of a record: to show in the page, to download, to remove while its record is open. */
export function FileList({ files }: { readonly files: readonly ShownFile[] }) {
  return (
    <ul className="file-list plain-list">
      {files.map((file) => (
        <FileItem key={file.fileId} file={file} />
      ))}
    </ul>
  )
}

function FileItem({ file }: { readonly file: ShownFile }) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [isOpen, setOpen] = useState(false)
  const { fileId, fileName, mediaType, checkState } = file
  const show = async () => {
    if (isOpen) return setOpen(false)
    // A picture can't ask for the proof that it may need.
    const outcome = await act((api) => api.files.checkOpening.query({ fileId }))
    if (outcome?.ok === true) setOpen(true)
  }
  // Nor can a link.
  const download = async (event: MouseEvent) => {
    event.preventDefault()
    const outcome = await act((api) => api.files.checkOpening.query({ fileId }))
    if (outcome?.ok === true) window.location.assign(`/files/${fileId}`)
  }
  const mayOpen = checkState === 'unchecked' || checkState === 'clean'
  const address = `/files/${fileId}/show`
  return (
    <li>
      <span className="file-line">
        <span>{fileName}</span>
        <span className="gl-hint">{text('files.size', { size: sayBytes(file.bytes) })}</span>
        {mayOpen && isShown(mediaType) ? (
          <button type="button" className="gl-link-button" disabled={busy} aria-expanded={isOpen} onClick={show}>
            {text(isOpen ? 'files.hide' : 'files.show')}
          </button>
        ) : null}
        {mayOpen ? (
          <a className="gl-link-button" href={`/files/${fileId}`} onClick={file.isNoted ? download : undefined}>
            <Icon name="download" />
            {text('files.download')}
          </a>
        ) : (
          <span className="gl-error-text">{text(`files.${checkState}`)}</span>
        )}
        {file.isRemovable ? (
          <button
            type="button"
            className="gl-link-button"
            disabled={busy}
            onClick={() => act((api) => api.files.removeFile.mutate({ fileId }))}
          >
            {text('files.remove')}
          </button>
        ) : null}
      </span>
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      {!isOpen ? null : mediaType === 'application/pdf' ? (
        <iframe className="file-paper" src={address} title={fileName} />
      ) : (
        <img className="file-picture" src={address} alt={fileName} />
      )}
    </li>
  )
}

/** "820 KB", "3.4 MB". */
function sayBytes(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024)
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
