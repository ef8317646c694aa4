import { Icon, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import { TextField } from '../../../text-field.tsx'

export type CodeSheetProps = {
  readonly appraisalId: number
  readonly unionName: string
  readonly closesOn: string
  /** In groups of four. */
  readonly code: string
  readonly onDone: () => void
}

/** A member's code, shown this once. It counts when the member has typed its last group from the paper. */
export function CodeSheet({ appraisalId, unionName, closesOn, code, onDone }: CodeSheetProps) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.normalize('NFKC').trim().toUpperCase() !== code.slice(-4)) {
      setWrong(text('group.last.wrong'))
      return
    }
    const outcome = await act((api) => api.appraisals.keepGroupCode.mutate({ appraisalId, code }))
    if (outcome?.ok === true) onDone()
  }
  return (
    <div className="register slip-sheet">
      <div className="area-head slip-head">
        <div>
          <h1>{text('group.sheet')}</h1>
          <p className="gl-warning-text" role="status">
            {text('group.sheet.text')}
          </p>
        </div>
        <div className="acts">
          <button type="button" className="gl-button gl-button-main" onClick={() => window.print()}>
            <Icon name="print" />
            {text('appraisals.print')}
          </button>
          <button type="button" className="gl-button" onClick={onDone}>
            {text('pages.cancel')}
          </button>
        </div>
      </div>
      <div className="slip">
        <p>{unionName}</p>
        <p className="slip-code">{code}</p>
        <p className="gl-hint">{text('group.paper', { day: closesOn })}</p>
      </div>
      <form className="fields slip-head" onSubmit={keep} noValidate>
        <TextField
          name="last"
          label={text('group.last')}
          hint={text('group.last.hint')}
          value={typed}
          onChange={(value) => {
            setTyped(value)
            setWrong(null)
          }}
          wrong={wrong ?? refusal?.message ?? null}
          maxLength={4}
          plain
        />
        <div className="gl-page-actions">
          <button type="submit" className="gl-button gl-button-main" disabled={busy}>
            {text('group.keep')}
          </button>
        </div>
      </form>
    </div>
  )
}
