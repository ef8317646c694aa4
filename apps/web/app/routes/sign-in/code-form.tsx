import { Form, useNavigation } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { useEffect, useRef } from 'react'
import type { SignInAnswer } from '../../../server/door.ts'

/** The second step of signing in: the code of the authenticator, or a recovery code. */
export function CodeForm(props: { readonly answer: Extract<SignInAnswer, { reason: 'code' }>; readonly back: string }) {
  const { answer, back } = props
  const text = useText()
  const code = useRef<HTMLInputElement>(null)
  const busy = useNavigation().formMethod === 'POST'
  useEffect(() => {
    if (code.current) code.current.value = ''
    code.current?.focus()
  }, [answer])
  const isWrong = answer.attemptsLeft !== undefined
  return (
    <Form method="post" className="sign-in-form">
      <h2>{text('signIn.code.title')}</h2>
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="ticket" value={answer.ticket} />
      <div className="sign-in-field">
        <label htmlFor="code">{text('signIn.code')}</label>
        <div className="sign-in-input">
          <input
            ref={code}
            id="code"
            name="code"
            type="text"
            inputMode="text"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={20}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? 'code-wrong' : 'code-hint'}
          />
        </div>
        <p className="gl-hint" id="code-hint">
          {text('signIn.code.hint')}
        </p>
        {isWrong ? (
          <p className="sign-in-error" id="code-wrong" role="alert">
            {text('errors.wrongCode', { attemptsLeft: answer.attemptsLeft })}
          </p>
        ) : null}
      </div>
      <button type="submit" className="gl-button gl-button-main" disabled={busy}>
        {text(busy ? 'signIn.submitting' : 'signIn.submit')}
      </button>
      <a href="/sign-in">{text('signIn.code.back')}</a>
    </Form>
  )
}
