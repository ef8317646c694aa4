import type { RouterOutputs } from '@gonglian/api'
import { formatDateTime, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../act.ts'
import { TextField } from '../../text-field.tsx'

type Enrolment = RouterOutputs['session']['beginEnrolment']

/** One's authenticator: set up with a picture or the key in text, confirmed with a code; recovery codes are told once. */
export function SecondFactor(props: {
  readonly factor: { readonly confirmedAt: Date | string | null; readonly recoveryCodesLeft: number }
}) {
  const { confirmedAt, recoveryCodesLeft } = props.factor
  const text = useText()
  const { act, busy, refusal, clear } = useAct()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)

  const begin = async () => {
    const outcome = await act((api) => api.session.beginEnrolment.mutate())
    if (!outcome?.ok) return
    setCodes(null)
    setEnrolment(outcome.value)
  }
  const confirm = async (code: string) => {
    const outcome = await act((api) => api.session.confirmEnrolment.mutate({ code }))
    if (!outcome?.ok) return
    setEnrolment(null)
    setCodes(outcome.value.recoveryCodes)
  }
  const renew = async () => {
    const outcome = await act((api) => api.session.replaceRecoveryCodes.mutate())
    if (outcome?.ok) setCodes(outcome.value.recoveryCodes)
  }
  const wrong = refusal?.fields.find(({ path }) => path === 'code')?.message ?? null
  return (
    <section className="panel">
      <h2>{text('factor.title')}</h2>
      <p>
        {confirmedAt === null
          ? text('factor.none')
          : text('factor.since', { time: formatDateTime(new Date(confirmedAt)), count: recoveryCodesLeft })}
      </p>
      {codes === null ? null : <RecoveryCodes codes={codes} />}
      {enrolment === null ? null : (
        <EnrolmentForm
          enrolment={enrolment}
          wrong={wrong}
          busy={busy}
          onConfirm={(code) => void confirm(code)}
          onCancel={() => {
            clear()
            setEnrolment(null)
          }}
        />
      )}
      {refusal !== null && wrong === null ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      {enrolment !== null ? null : (
        <div className="gl-page-actions">
          <button type="button" className="gl-button" disabled={busy} onClick={() => void begin()}>
            {text(confirmedAt === null ? 'factor.begin' : 'factor.replace')}
          </button>
          {confirmedAt === null ? null : (
            <button type="button" className="gl-button" disabled={busy} onClick={() => void renew()}>
              {text('factor.renew')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

function EnrolmentForm(props: {
  readonly enrolment: Enrolment
  readonly wrong: string | null
  readonly busy: boolean
  readonly onConfirm: (code: string) => void
  readonly onCancel: () => void
}) {
  const { enrolment, wrong, busy, onConfirm, onCancel } = props
  const { key, picture } = enrolment
  const text = useText()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onConfirm(code)
  }
  return (
    <form className="fields" onSubmit={submit} noValidate>
      <p>{text('factor.scan')}</p>
      <svg
        role="img"
        aria-label={text('factor.picture')}
        viewBox={`0 0 ${picture.size} ${picture.size}`}
        width={208}
        height={208}
        shapeRendering="crispEdges"
      >
        <rect width={picture.size} height={picture.size} fill="#fff" />
        <path d={picture.path} fill="#000" />
      </svg>
      <p>
        {text('factor.key')} <code>{key}</code>
      </p>
      <TextField
        name="code"
        label={text('factor.code')}
        value={code}
        onChange={setCode}
        wrong={wrong}
        maxLength={10}
        plain
        autoFocus
      />
      <div className="gl-page-actions">
        <button type="submit" className="gl-button gl-button-main" disabled={busy}>
          {text('factor.confirm')}
        </button>
        <button type="button" className="gl-button" onClick={onCancel}>
          {text('pages.cancel')}
        </button>
      </div>
    </form>
  )
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const text = useText()
  return (
    <div role="status">
      <p>{text('factor.codes')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
