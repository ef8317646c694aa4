import { checkIdNumber, foldIdNumber } from '@gonglian/organisation/numbers'
import { useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useEffect, useId, useState, type FormEvent } from 'react'
import { useToday } from '../../../clock.tsx'
import { isNumber } from './member.ts'

export type MemberSearchProps = {
  /** The beginning of a name that the address asks for. */
  readonly name: string
  readonly busy: boolean
  /** How many a number brought up; null: none was asked for. */
  readonly found: number | null
  readonly onName: (name: string) => void
  readonly onNumber: (number: string) => void
}

/** One field for names and numbers: a name goes into the address, a number never does. */
export function MemberSearch({ name, busy, found, onName, onNumber }: MemberSearchProps) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const today = useToday()
  const [typed, setTyped] = useState(name)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => setTyped((before) => (isNumber(before) ? before : name)), [name])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const asked = typed.trim()
    if (!isNumber(asked)) return onName(asked)
    const folded = foldIdNumber(asked)
    const verdict = /^\d{14,19}[\dX]$/.test(folded) ? checkIdNumber(folded, { today }) : null
    const [fault] = verdict?.ok === false ? verdict.errors : []
    if (fault) return setWrong(translateUnknown(locale, fault.key, fault.params))
    onNumber(asked)
  }
  return (
    <form className="member-search" role="search" onSubmit={submit}>
      <label className="gl-hidden" htmlFor={id}>
        {text('members.search')}
      </label>
      <input
        id={id}
        type="search"
        className="gl-input"
        placeholder={text('members.search')}
        maxLength={60}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={(event) => {
          setTyped(event.target.value)
          setWrong(null)
        }}
      />
      <button type="submit" className="gl-button" disabled={busy}>
        {text('members.search.do')}
      </button>
      {found !== null || name !== '' ? (
        <button
          type="button"
          className="gl-link-button"
          onClick={() => {
            setTyped('')
            setWrong(null)
            onName('')
          }}
        >
          {text('members.search.all')}
        </button>
      ) : null}
      <span className="gl-hint" role="status">
        {found === null ? '' : text('members.search.found', { count: found })}
      </span>
      {wrong === null ? null : (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </form>
  )
}
