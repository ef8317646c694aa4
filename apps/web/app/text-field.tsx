import { useId } from 'react'

export type TextFieldProps = {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with it, said beside it. */
  readonly wrong: string | null
  readonly maxLength: number
  readonly type?: 'text' | 'date' | 'password'
  /** A code: no capitals, no spelling. */
  readonly plain?: boolean
  readonly autoFocus?: boolean
  /** More than one line. */
  readonly rows?: number
  readonly hint?: string
  readonly optional?: boolean
}

/** A field with its label above and what is wrong below. */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    value,
    onChange,
    wrong,
    maxLength,
    type = 'text',
    plain = false,
    autoFocus = false,
    rows,
    hint,
    optional = false,
  } = props
  const id = useId()
  const shared = {
    id,
    name,
    value,
    maxLength,
    required: !optional,
    'aria-invalid': wrong !== null,
    'aria-describedby': wrong !== null ? `${id}-wrong` : hint === undefined ? undefined : `${id}-hint`,
    ...(autoFocus ? { 'data-autofocus': '' } : {}),
    ...(plain ? { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } : {}),
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input {...shared} type={type} className="gl-input" onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea {...shared} rows={rows} className="gl-input" onChange={(event) => onChange(event.target.value)} />
      )}
      {hint === undefined ? null : (
        <p className="gl-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong === null ? null : (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
