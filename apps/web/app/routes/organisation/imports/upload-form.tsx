import { useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'
import { ActFieldInput } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
import { useOwnUnions } from '../member/own-unions.ts'
import { tableEndings } from '../../../table-endings.ts'

/** In base64 it is a third more, and a request holds 20 MB. */
const largest = 14 * 1024 * 1024

async function readBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  const step = 32_768
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step))
  return btoa(binary)
}

/** Sends a file to be checked. */
export function UploadForm({ onStarted }: { readonly onStarted: (importId: number) => void }) {
  const text = useText()
  const fileId = useId()
  const find = useOwnUnions()
  const { act, busy, refusal } = useAct()
  const [file, setFile] = useState<File | null>(null)
  const [unionId, setUnionId] = useState('')
  const [consent, setConsent] = useState('')
  const [wrongFile, setWrongFile] = useState<string | null>(null)
  const wrongOf = (path: string) => refusal?.fields.find((field) => field.path === path)?.message ?? null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (file === null) return setWrongFile(text('imports.file.needed'))
    if (file.size > largest) return setWrongFile(text('imports.file.large'))
    const content = await readBase64(file)
    const outcome = await act((api) =>
      api.imports.startImport.mutate({
        fileName: file.name,
        content,
        consentVersion: consent.trim(),
        ...(unionId === '' ? {} : { defaultUnionId: Number(unionId) }),
      }),
    )
    if (outcome?.ok === true) onStarted(outcome.value.id)
  }
  const fileProblem = wrongFile ?? wrongOf('content') ?? wrongOf('fileName')
  return (
    <form className="fields upload-fields" onSubmit={(event) => void submit(event)} noValidate>
      <div className="field">
        <label htmlFor={fileId}>{text('imports.upload.file')}</label>
        <input
          id={fileId}
          type="file"
          accept={tableEndings}
          aria-invalid={fileProblem !== null}
          aria-describedby={fileProblem === null ? `${fileId}-hint` : `${fileId}-wrong`}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null)
            setWrongFile(null)
          }}
        />
        <p className="gl-hint" id={`${fileId}-hint`}>
          {text('imports.upload.hint')}
        </p>
        {fileProblem === null ? null : (
          <p className="gl-error-text" id={`${fileId}-wrong`} role="alert">
            {fileProblem}
          </p>
        )}
      </div>
      <ActFieldInput
        field={{ name: 'defaultUnionId', label: text('imports.union'), kind: 'find', find }}
        value={unionId}
        wrong={wrongOf('defaultUnionId')}
        onChange={setUnionId}
      />
      <ActFieldInput
        field={{
          name: 'consentVersion',
          label: text('members.consent.version'),
          kind: 'text',
          maxLength: 40,
          hint: text('imports.consent.hint'),
        }}
        value={consent}
        wrong={wrongOf('consentVersion')}
        onChange={setConsent}
      />
      <div className="register-end">
        {refusal && refusal.fields.length === 0 ? (
          <p className="gl-error-text" role="alert">
            {refusal.message}
          </p>
        ) : null}
        <button type="submit" className="gl-button gl-button-main" disabled={busy}>
          {text(busy ? 'imports.upload.busy' : 'imports.upload')}
        </button>
      </div>
    </form>
  )
}
