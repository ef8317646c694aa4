import { useText } from '@gonglian/ui'
import { useEffect, useId, useState } from 'react'
import { api } from './act.ts'
import { readMany, type ActFinder } from './act-values.ts'

type FindFieldProps = {
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly find: ActFinder
  /** What stands there at first: its name. */
  readonly chosen?: string
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

const waitMs = 250

/** Something out of a long register: its name is typed, what fits is offered. */
export function FindField({ name, label, required = false, find, chosen, value, wrong, onChange }: FindFieldProps) {
  const text = useText()
  const id = useId()
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<ActFinder>>>([])
  // What was chosen stays, whatever is searched for next.
  const [picked, setPicked] = useState({ value, label: chosen ?? value })
  const offered =
    value === '' || value !== picked.value || found.some((one) => one.value === value) ? found : [picked, ...found]
  useEffect(() => {
    let over = false
    const timer = setTimeout(() => {
      // Who finds nothing sees an empty choice; the act itself says why when it is refused.
      find(api, search.trim()).then(
        (hits) => over || setFound(hits),
        () => over || setFound([]),
      )
    }, waitMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
    // The finder is written anew with each rendering: what is searched for decides.
  }, [search])
  return (
    <div className="field" data-required={required ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="gl-input"
        type="search"
        value={search}
        maxLength={80}
        placeholder={text('acts.find')}
        onChange={(event) => setSearch(event.target.value)}
      />
      <select
        name={name}
        className="gl-input"
        aria-label={text('acts.found', { label })}
        aria-required={required}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        value={value}
        onChange={(event) => {
          setPicked(offered.find((one) => one.value === event.target.value) ?? { value: '', label: '' })
          onChange(event.target.value)
        }}
      >
        <option value="">
          {text(offered.length === 0 && search.trim() !== '' ? 'acts.found.none' : 'acts.found.choose')}
        </option>
        {offered.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
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
}

type FileFieldProps = {
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly endings: string
  readonly hint: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

/** A file, read here: its value is the content in base64. */
export function FileField({ name, label, required = false, endings, hint, wrong, onChange }: FileFieldProps) {
  const id = useId()
  const read = async (file: File | undefined) => {
    if (!file) return onChange('')
    const address = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.onerror = () => reject(new Error('The file could not be read'))
      reader.readAsDataURL(file)
    })
    onChange(address.slice(address.indexOf(',') + 1))
  }
  return (
    <div className="field" data-required={required ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        required={required}
        name={name}
        accept={endings}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? `${id}-hint` : `${id}-wrong`}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <p className="gl-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {wrong === null ? null : (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}

type ManyFieldProps = {
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly hint?: string
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

/** Several of a few: its value is what is ticked, joined by commas. */
export function ManyField({ name, label, required = false, options, hint, value, wrong, onChange }: ManyFieldProps) {
  const id = useId()
  const ticked = readMany(value)
  const tick = (one: string, isTicked: boolean) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((known) => (known === one ? isTicked : ticked.includes(known)))
        .join(','),
    )
  return (
    <fieldset
      className="act-many"
      data-required={required ? '' : undefined}
      aria-invalid={wrong !== null}
      aria-describedby={wrong === null ? undefined : `${id}-wrong`}
    >
      <legend>{label}</legend>
      <div className="act-many-box">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="checkbox"
              name={name}
              checked={ticked.includes(option.value)}
              onChange={(event) => tick(option.value, event.target.checked)}
            />{' '}
            {option.label}
          </label>
        ))}
      </div>
      {hint === undefined ? null : <p className="gl-hint">{hint}</p>}
      {wrong === null ? null : (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
