import type { Refusal } from '@gonglian/api'
import { useId, type ReactNode } from 'react'

export type FieldControl = {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
}

export type FieldProps = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with it, in words. */
  readonly error?: string | null | undefined
  readonly children: (control: FieldControl) => ReactNode
}

/** One field of a form: label above, hint and error beside it, tied to the control for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const wrong = typeof error === 'string' && error !== ''
  const told = [hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-error` : ''].filter((one) => one !== '')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': wrong,
        'aria-describedby': told.length === 0 ? undefined : told.join(' '),
      })}
      {hint === undefined ? null : (
        <p className="gl-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong ? (
        <p className="gl-error-text" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}

/** Takes the reader to the first field that is wrong, once it is marked. */
export function focusFirstWrong(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

/** What a refusal says of one field. */
export function findFieldError(refusal: Refusal | null, path: string): string | null {
  return refusal?.fields.find((field) => field.path === path)?.message ?? null
}

/** A refusal, unless all of it stands beside the named fields already. */
export function RefusalNote({
  refusal,
  shown = [],
}: {
  readonly refusal: Refusal | null
  readonly shown?: readonly string[]
}) {
  if (refusal === null) return null
  if (refusal.fields.length > 0 && refusal.fields.every((field) => shown.includes(field.path))) return null
  return (
    <p className="gl-error-text targets-refusal" role="alert">
      {refusal.message}
    </p>
  )
}
