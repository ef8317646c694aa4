import type { MediaType } from '@gonglian/files/media'
import { Dialog, useText } from '@gonglian/ui'
import { useEffect, useId, useState, type FormEvent } from 'react'
import { FileField, FindField, ManyField } from './act-choosers.tsx'
import { RowsField, sayRows } from './act-rows.tsx'
import { emptyRows, type ActColumn, type ActFinder, type ActValues } from './act-values.ts'
import { LatestButton, Overtaken, useConflict } from './act-conflict.tsx'
import { api, readRefusal, useAct, type Api } from './act.ts'
import { useInitial, useToday } from './clock.tsx'
import { AttachField } from './files/attach-field.tsx'
import { SendingProvider, useSending } from './files/sending.tsx'
import { TextField } from './text-field.tsx'

export type { ActValues } from './act-values.ts'

export type ActField = {
  /** As the API calls it: a refusal's path finds its field by it. */
  readonly name: string
  readonly label: string
  readonly kind:
    'text' | 'date' | 'number' | 'lines' | 'choice' | 'check' | 'many' | 'find' | 'rows' | 'file' | 'attach'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** Of a date, `today`: the day by the server's clock. */
  readonly initial?: string
  readonly optional?: boolean
  readonly hint?: string
  readonly maxLength?: number
  /** `find`: what the search brings up; the value is that of the one chosen. */
  readonly find?: ActFinder
  /** `find`: the name of what stands there at first. */
  readonly chosen?: string
  /** `rows`: the columns of the table that is filled in; the value is read with `readRows`. */
  readonly columns?: readonly ActColumn[]
  /** `rows`: those of `initial` and no others. */
  readonly isFixed?: boolean
  /** `file`: the endings that are offered; the value is the content in base64. */
  readonly endings?: string
  /** `attach`: the kind of files that is sent, what they may be, and which of the papers it is; the value is read with `readAttached`. */
  readonly fileKind?: string
  readonly media?: readonly MediaType[]
  readonly slot?: string
  readonly most?: number
  /** Further paths of refusals that are about this field. */
  readonly paths?: readonly string[]
  /** A code or a number: no capitals, no spelling, no memory of the browser's. */
  readonly plain?: boolean
  /** What can be said about it while it is typed, without asking the server. */
  readonly judge?: (value: string, today: string) => { readonly wrong?: string; readonly hint?: string } | null
  /** What the server knows of what was typed, said below it. */
  readonly look?: (api: Api, value: string) => Promise<string | null>
  /** Left out of the question unless what was typed so far asks for it. */
  readonly when?: (values: ActValues) => boolean
}

export type ActDialogProps<T> = {
  readonly label: string
  readonly title: string
  readonly text?: string
  readonly fields: readonly ActField[]
  readonly run: (api: Api, values: ActValues) => Promise<T>
  readonly primary?: boolean
  readonly wide?: boolean
  /** A word in a row of a list, not a button. */
  readonly quiet?: boolean
  readonly onDone?: (value: T) => void
}

/**
 * A button that asks what an act needs and does it. What the server says against it stands beside the field it is about; what was typed
 * stays.
 */
export function ActDialog<T>(props: ActDialogProps<T>) {
  const { label, title, text: said, fields: all, run, primary = false, wide = false, quiet = false, onDone } = props
  const text = useText()
  const formId = useId()
  const { act, busy, refusal, clear } = useAct()
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<ActValues>({})
  const { isSending, note } = useSending()
  const initialOf = useInitial()
  const valueOf = (field: ActField) => values[field.name] ?? initialOf(field)
  const current = Object.fromEntries(all.map((field) => [field.name, valueOf(field).trim()]))
  const fields = all.filter((field) => field.when?.(current) ?? true)
  const placed = (refusal?.fields ?? []).map((one) => ({ ...one, field: findField(fields, one.path) }))
  const wrongOf = (field: ActField) => {
    const faults = placed.filter((one) => one.field === field)
    if (field.kind === 'rows') return sayRows(text, field.name, faults)
    const [said] = faults
    if (said === undefined) return null
    if (isUnfilled(said.key) && valueOf(field).trim() === '') return text('errors.inputMissing')
    return said.key === 'errors.inputType' && field.kind === 'number' ? text('acts.notNumber') : said.message
  }
  const elsewhere = placed.filter((one) => one.field === null)
  const conflict = useConflict(all)

  const close = () => {
    setOpen(false)
    conflict.forget()
    clear()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const asked = new Set(fields.map(({ name }) => name))
    const typed = Object.fromEntries(Object.entries(current).filter(([name]) => asked.has(name)))
    const outcome = await act((api) => run(api, typed))
    if (outcome?.ok !== true) return
    setValues({})
    conflict.forget()
    setOpen(false)
    onDone?.(outcome.value)
  }
  return (
    <>
      <button
        type="button"
        className={quiet ? 'gl-link-button' : primary ? 'gl-button gl-button-main' : 'gl-button'}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      <Dialog
        open={open}
        onClose={close}
        title={title}
        wide={wide}
        footer={
          <>
            <button type="button" className="gl-button" onClick={close}>
              {text('pages.cancel')}
            </button>
            <button type="submit" form={formId} className="gl-button gl-button-main" disabled={busy || isSending}>
              {label}
            </button>
          </>
        }
      >
        <form id={formId} className="fields" onSubmit={submit} noValidate>
          {said === undefined ? null : <p>{said}</p>}
          <SendingProvider value={note}>
            {fields.map((field) => (
              <Overtaken key={field.name} by={conflict.changeOf(field, values[field.name])}>
                <ActFieldInput
                  field={field}
                  value={valueOf(field)}
                  wrong={wrongOf(field)}
                  onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
                />
              </Overtaken>
            ))}
          </SendingProvider>
          {refusal && refusal.fields.length === 0 ? (
            <div role="alert">
              <p className="gl-error-text">{refusal.message}</p>
              {refusal.code === 'conflict' ? <LatestButton conflict={conflict} onPress={clear} /> : null}
            </div>
          ) : conflict.loaded ? (
            <p className="gl-hint" role="status">
              {text('acts.latest.loaded')}
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

/** Whether it is said of a field that holds nothing, whatever the API expected there. */
function isUnfilled(key: string): boolean {
  return ['errors.inputType', 'errors.inputFormat', 'errors.inputShort'].includes(key)
}

/** The field a refusal is about: the one whose name or further path is the longest beginning of its path. */
function findField(fields: readonly ActField[], path: string): ActField | null {
  let found: ActField | null = null
  let length = 0
  for (const field of fields)
    for (const own of [field.name, ...(field.paths ?? [])])
      if ((path === own || path.startsWith(`${own}.`)) && own.length > length) {
        found = field
        length = own.length
      }
  return found
}

type FieldProps = {
  readonly field: ActField
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

/** Waits until typing pauses, then asks what the server knows of it. */
function useLook(look: ActField['look'], value: string): string | null {
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    setSaid(null)
    if (look === undefined || value.trim() === '') return
    let gone = false
    const timer = setTimeout(() => {
      look(api, value.trim()).then(
        (answer) => gone || setSaid(answer),
        (error: unknown) => gone || setSaid(readRefusal(error)?.message ?? null),
      )
    }, 350)
    return () => {
      gone = true
      clearTimeout(timer)
    }
    // What is asked does not change while a field stands; what was typed does.
  }, [value])
  return said
}

/** One field of an act, as its kind asks. */
export function ActFieldInput({ field, value, wrong: refused, onChange }: FieldProps) {
  const id = useId()
  const seen = useLook(field.look, value)
  const today = useToday()
  const judged = value.trim() === '' ? null : (field.judge?.(value, today) ?? null)
  const wrong = refused ?? judged?.wrong ?? null
  const hint = judged?.hint ?? seen ?? field.hint
  const { label, name } = field
  // Rows that are given are filled in as they stand; there is nothing to add.
  const required = field.optional !== true && field.isFixed !== true
  if (field.kind === 'rows')
    return (
      <RowsField
        required={required}
        label={label}
        columns={field.columns ?? []}
        value={value === '' ? emptyRows : value}
        wrong={wrong}
        hint={hint}
        isFixed={field.isFixed ?? false}
        onChange={onChange}
      />
    )
  if (field.kind === 'find' && field.find)
    return (
      <FindField
        required={required}
        name={name}
        label={label}
        find={field.find}
        {...(field.chosen === undefined ? {} : { chosen: field.chosen })}
        value={value}
        wrong={wrong}
        onChange={onChange}
      />
    )
  if (field.kind === 'attach')
    return (
      <AttachField
        required={required}
        label={label}
        fileKind={field.fileKind ?? ''}
        media={field.media ?? []}
        {...(field.slot === undefined ? {} : { slot: field.slot })}
        most={field.most ?? 1}
        hint={field.hint ?? ''}
        value={value}
        wrong={wrong}
        onChange={onChange}
      />
    )
  if (field.kind === 'file')
    return (
      <FileField
        required={required}
        name={name}
        label={label}
        endings={field.endings ?? ''}
        hint={field.hint ?? ''}
        wrong={wrong}
        onChange={onChange}
      />
    )
  if (field.kind === 'many')
    return (
      <ManyField
        required={required}
        name={name}
        label={label}
        options={field.options ?? []}
        {...(field.hint === undefined ? {} : { hint: field.hint })}
        value={value}
        wrong={wrong}
        onChange={onChange}
      />
    )
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
      {...(field.kind === 'number' || field.plain === true ? { plain: true } : {})}
      {...(field.kind === 'lines' ? { rows: 4 } : {})}
      {...(hint === undefined ? {} : { hint })}
      optional={field.optional ?? false}
    />
  )
}
