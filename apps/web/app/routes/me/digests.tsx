import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import { useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../act.ts'
import { TextField } from '../../text-field.tsx'

type Digest = RouterOutputs['tasks']['listDigests'][number]

/** One's daily messages: what waited each morning, and where else the message goes. */
export function Digests({ digests, email }: { readonly digests: readonly Digest[]; readonly email: string | null }) {
  const text = useText()
  const locale = useLocale()
  const { act, busy } = useAct()
  const [first] = digests
  const hasUnread = digests.some(({ isRead }) => !isRead)
  return (
    <section className="panel me-messages" id="messages">
      <h2>{text('digests.title')}</h2>
      <p className="gl-hint">{text('digests.text')}</p>
      {first === undefined ? <p>{text('digests.none')}</p> : null}
      {digests.map((digest) => (
        <details key={digest.day} open={digest === first}>
          <summary>
            <span>
              {digest.day} {digest.isRead ? null : <span className="me-new">{text('digests.new')}</span>}
            </span>
            <span>
              {text('tasks.count', { count: digest.total })}
              {digest.overdue === 0 ? null : (
                <span className="gl-error-text"> {text('tasks.overdue', { count: digest.overdue })}</span>
              )}
            </span>
          </summary>
          <ul>
            {digest.kinds.map(({ key, total, overdue }) => (
              <li key={key}>
                {text(overdue === 0 ? 'tasks.digest.line' : 'tasks.digest.lineOverdue', {
                  kind: translateUnknown(locale, `tasks.${key}`),
                  total,
                  overdue,
                })}
              </li>
            ))}
          </ul>
        </details>
      ))}
      <div className="gl-page-actions">
        <Link className="gl-button" to="/">
          {text('tasks.digest.open')}
        </Link>
        {hasUnread ? (
          <button
            type="button"
            className="gl-button"
            disabled={busy}
            onClick={() => void act((api) => api.tasks.markDigestsRead.mutate())}
          >
            {text('digests.read')}
          </button>
        ) : null}
      </div>
      <MailForm email={email} />
    </section>
  )
}

function MailForm({ email }: { readonly email: string | null }) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [typed, setTyped] = useState(email ?? '')
  const [isSaved, setIsSaved] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const address = typed.trim()
    const outcome = await act((api) => api.tasks.setMailAddress.mutate({ email: address === '' ? null : address }))
    setIsSaved(outcome?.ok === true)
  }
  const wrong = refusal?.fields.find(({ path }) => path === 'email')?.message ?? refusal?.message ?? null
  return (
    <form className="fields" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        name="email"
        label={text('digests.email')}
        hint={text('digests.email.hint')}
        value={typed}
        onChange={(value) => {
          setTyped(value)
          setIsSaved(false)
        }}
        wrong={wrong}
        maxLength={200}
        plain
        optional
      />
      <div className="gl-page-actions">
        <button type="submit" className="gl-button" disabled={busy}>
          {text('pages.save')}
        </button>
        {isSaved ? <span role="status">{text('digests.email.saved')}</span> : null}
      </div>
    </form>
  )
}
