import { Form, useNavigation } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { useEffect, useRef, useState } from 'react'
import type { SignInRefusal } from './refusal.ts'
import { useRefusalTexts } from './refusal-texts.ts'

/** The sign-in form. What is wrong stands beside its field; the user name stays as typed, the password does not. */
export function SignInForm(props: {
  readonly refusal: SignInRefusal | null
  readonly back: string
  readonly notice: string | null
}) {
  const { refusal, back, notice } = props
  const text = useText()
  const wrong = useRefusalTexts(refusal)
  const [shown, setShown] = useState(false)
  const [ready, setReady] = useState(false)
  const username = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const busy = useNavigation().formMethod === 'POST'

  useEffect(() => setReady(true), [])
  useEffect(() => {
    if (wrong.username !== null) username.current?.focus()
    else if (wrong.password !== null) password.current?.focus()
  }, [wrong.username, wrong.password])

  return (
    <Form method="post" className="sign-in-form" noValidate={ready}>
      <h2>{text('signIn.title')}</h2>
      {notice === null || refusal ? null : (
        <p className="sign-in-notice" role="status">
          {notice}
        </p>
      )}
      <input type="hidden" name="back" value={back} />
      <div className="sign-in-field">
        <label htmlFor="username">{text('signIn.username')}</label>
        <div className="sign-in-input">
          <input
            ref={username}
            id="username"
            name="username"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={100}
            defaultValue={refusal?.username ?? ''}
            aria-invalid={wrong.username !== null}
            aria-describedby={wrong.username === null ? undefined : 'username-wrong'}
          />
        </div>
        <FieldError id="username-wrong" message={wrong.username} />
      </div>
      <div className="sign-in-field">
        <label htmlFor="password">{text('signIn.password')}</label>
        <div className="sign-in-input">
          <input
            ref={password}
            id="password"
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            data-revealable=""
            required
            maxLength={200}
            aria-invalid={wrong.password !== null}
            aria-describedby={wrong.password === null ? undefined : 'password-wrong'}
          />
          {ready ? (
            <button type="button" className="gl-link-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {text(shown ? 'signIn.password.hide' : 'signIn.password.show')}
            </button>
          ) : null}
        </div>
        <FieldError id="password-wrong" message={wrong.password} />
      </div>
      <button type="submit" className="gl-button gl-button-main" disabled={busy}>
        {text(busy ? 'signIn.submitting' : 'signIn.submit')}
      </button>
    </Form>
  )
}

function FieldError({ id, message }: { readonly id: string; readonly message: string | null }) {
  return message === null ? null : (
    <p className="sign-in-error" id={id} role="alert">
      {message}
    </p>
  )
}
