import { Dialog, useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'
import { useAct, type Api } from './act.ts'
import { TextField } from './text-field.tsx'

export type ActField = {
  /** As the API calls it: a refusal's path finds its field by it. */
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'date' | 'number' | 'lines' | 'choice' | 'check'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly initial?: string
  readonly optional?: boolean
  readonly hint?: string
  readonly maxLength?: number
}

/** What was typed, by the name of the field; a tick is "yes" or "". */
export type ActValues = Readonly<Record<string, string>>

export type ActDialogProps = {
  readonly label: string
  readonly title: string
  readonly text?: string
  readonly fields: readonly ActField[]
  readonly run: (api: Api, values: ActValues) => Promise<unknown>
  readonly primary?: boolean
  readonly onDone?: () => void
}

/**
 * A button that asks what an act needs and does it. What the server says against it stands beside the field it is about; what was typed
 * stays.
 */
export function ActDialog({ label, title, text: said, fields, run, primary = false, onDone }: ActDialogProps) {
  const text = useText()
  const formId = useId()
  const { act, busy, refusal, clear } = useAct()
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<ActValues>({})
  const valueOf = (field: ActField) => values[field.name] ?? field.initial ?? ''
  const wrongOf = (name: string) =>
    refusal?.fields.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message ?? null
  const elsewhere =
    refusal?.fields.filter(({ path }) => !fields.some(({ name }) => path === name || path.startsWith(`${name}.`))) ?? []

  const close = () => {
    setOpen(false)
    clear()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const typed = Object.fromEntries(fields.map((field) => [field.name, valueOf(field).trim()]))
    const outcome = await act((api) => run(api, typed))
    if (outcome?.ok !== true) return
    setValues({})
    setOpen(false)
    onDone?.()
  }
  return (
    <>
      <button
        type="button"
        className={primary ? 'gl-button gl-button-primary' : 'gl-button'}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      <Dialog
        open={open}
        onClose={close}
        title={title}
        footer={
          <>
            <button type="button" className="gl-button" onClick={close}>
              {text('pages.cancel')}
            </button>
            <button type="submit" form={formId} className="gl-button gl-button-primary" disabled={busy}>
              {label}
            </button>
          </>
        }
      >
        <form id={formId} className="fields" onSubmit={submit} noValidate>
          {said === undefined ? null : <p>{said}</p>}
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={valueOf(field)}
              wrong={wrongOf(field.name)}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          {refusal && refusal.fields.length === 0 ? (
            <p className="gl-error-text" role="alert">
              {refusal.message}
            </p>
          ) : null}
          {elsewhere.map(({ path, message }) => (
            <p key={path} className="gl-error-text" role="alert">
              {message}
            </p>
          ))}
        </form>
      </Dialog>
    </>
  )
}

type FieldProps = {
  readonly field: ActField
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

function Field({ field, value, wrong, onChange }: FieldProps) {
  const id = useId()
  if (field.kind === 'check')
    return (
      <div className="field">
        <label>
          <input
            type="checkbox"
            name={field.name}
            checked={value === 'yes'}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : `${id}-wrong`}
            onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
          />{' '}
          {field.label}
        </label>
        {wrong === null ? null : (
          <p className="gl-error-text" id={`${id}-wrong`} role="alert">
            {wrong}
          </p>
        )}
      </div>
    )
  if (field.kind === 'choice')
    return (
      <div className="field">
        <label htmlFor={id}>{field.label}</label>
        <select
          id={id}
          name={field.name}
          className="gl-input"
          value={value}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : `${id}-wrong`}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        {wrong === null ? null : (
          <p className="gl-error-text" id={`${id}-wrong`} role="alert">
            {wrong}
          </p>
        )}
      </div>
    )
  return (
    <TextField
      name={field.name}
      label={field.label}
      value={value}
      onChange={onChange}
      wrong={wrong}
      maxLength={field.maxLength ?? (field.kind === 'number' ? 12 : 200)}
      type={field.kind === 'date' ? 'date' : 'text'}
      {...(field.kind === 'number' ? { plain: true } : {})}
      {...(field.kind === 'lines' ? { rows: 4 } : {})}
      {...(field.hint === undefined ? {} : { hint: field.hint })}
      optional={field.optional ?? false}
    />
  )
}
