import { Icon, useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'
import { ActFieldInput } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
import { useMay } from '../../../may.ts'
import { useOwnUnions } from '../member/own-unions.ts'
import { tableEndings } from '../../../table-endings.ts'
import { importKinds, type ImportKind } from './import.ts'

/** In base64 it is a third more, and a request holds 20 MB. */
const largest = 14 * 1024 * 1024

async function readBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  const step = 32_768
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step))
  return btoa(binary)
}

/** First step: what the file holds, and the file. */
export function UploadForm({
  first,
  onStarted,
}: {
  readonly first: ImportKind | null
  readonly onStarted: (importId: number) => void
}) {
  const text = useText()
  const may = useMay()
  const fileId = useId()
  const find = useOwnUnions()
  const { act, busy, refusal } = useAct()
  const kinds = importKinds.filter(({ sends }) => may(sends))
  const [kind, setKind] = useState<ImportKind>(kinds.find(({ key }) => key === first)?.key ?? kinds[0]?.key ?? 'unions')
  const [file, setFile] = useState<File | null>(null)
  const [unionId, setUnionId] = useState('')
  const [consent, setConsent] = useState('')
  const [wrongFile, setWrongFile] = useState<string | null>(null)
  const wrongOf = (path: string) => refusal?.fields.find((field) => field.path === path)?.message ?? null
  const isMembers = kind === 'members'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (file === null) return setWrongFile(text('imports.file.needed'))
    if (file.size > largest) return setWrongFile(text('imports.file.large'))
    const content = await readBase64(file)
    const outcome = await act((api) =>
      api.imports.startImport.mutate({
        kind,
        fileName: file.name,
        content,
        ...(isMembers ? { consentVersion: consent.trim() } : {}),
        ...(isMembers && unionId !== '' ? { defaultUnionId: Number(unionId) } : {}),
      }),
    )
    if (outcome?.ok === true) onStarted(outcome.value.id)
  }
  const fileProblem = wrongFile ?? wrongOf('content') ?? wrongOf('fileName')
  const template = `/organisation/imports/template/export`
  return (
    <form className="fields upload-fields" onSubmit={(event) => void submit(event)} noValidate>
      <fieldset className="import-kinds">
        <legend>{text('imports.kind')}</legend>
        {kinds.map(({ key }) => (
          <label key={key} className="import-kind">
            <input type="radio" name="kind" value={key} checked={kind === key} onChange={() => setKind(key)} />
            <span>
              <strong>{text(`imports.kind.${key}`)}</strong>
              <span className="gl-hint">{text(`imports.kind.${key}.text`)}</span>
            </span>
          </label>
        ))}
        <p className="acts import-templates">
          <a className="gl-button" href={`${template}.xlsx?kind=${kind}`} download>
            <Icon name="download" size={15} />
            {text('imports.template.xlsx')}
          </a>
          <a className="gl-button" href={`${template}.csv?kind=${kind}`} download>
            {text('imports.template.csv')}
          </a>
        </p>
      </fieldset>
      <div className="import-file">
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
        {isMembers ? (
          <>
            <ActFieldInput
              field={{ name: 'defaultUnionId', label: text('imports.union'), kind: 'find', find, optional: true }}
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
          </>
        ) : null}
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
