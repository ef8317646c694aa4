import { data, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { hasMessage, translateUnknown } from '@gonglian/ui/messages'
import { useLocale, useText } from '@gonglian/ui/text'
import { z } from 'zod'
import type { PasswordAnswer } from '../../../server/door.ts'
import signInStyles from '../../styles/sign-in.css?url'
import { titlePage } from '../../titles.ts'
import { LanguageSwitch } from '../frame/language-switch.tsx'
import { redirectTo } from '../../redirect.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: signInStyles }]
export const meta = titlePage('welcome.title')

// The address holds what a password is made with: it is kept nowhere and told nobody.
export const headers = () => ({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })

export async function loader({ params, context }: LoaderFunctionArgs) {
  const link = await context.door.openLink(params['token'] ?? '', context)
  return data({ link }, { status: link === null ? 404 : 200, headers: { 'Cache-Control': 'no-store' } })
}

const field = z.string().max(200).catch('')
const WelcomeFields = z.object({ code: field, next: field, again: field })

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { code, next, again } = WelcomeFields.parse(Object.fromEntries(await request.formData()))
  if (next !== again)
    return data<PasswordAnswer>({ ok: false, field: 'next', key: 'me.password.differs' }, { status: 400 })
  const answer = await context.door.redeemLink({ token: params['token'] ?? '', code, next }, context)
  if (answer.ok) throw redirectTo('/sign-in?why=welcome')
  return data<PasswordAnswer>(answer, { status: 400 })
}

/** A first or a new password of one's own, by the link and the code that the two administrators handed over. */
export default function WelcomePage() {
  const { link } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const text = useText()
  const locale = useLocale()
  const busy = useNavigation().formMethod === 'POST'
  const wrong = (name: 'code' | 'next') =>
    answer && !answer.ok && answer.field === name
      ? hasMessage(locale, answer.key)
        ? translateUnknown(locale, answer.key, answer.params)
        : text('errors.invalid')
      : null
  return (
    <main className="sign-in-side">
      <LanguageSwitch className="sign-in-language" />
      {link === null ? (
        <div className="sign-in-form">
          <h1>{text('welcome.title')}</h1>
          <p role="alert">{text('errors.linkVoid')}</p>
        </div>
      ) : (
        <Form method="post" className="sign-in-form">
          <h1>{text('welcome.title')}</h1>
          <p>{text('welcome.text', { username: link.username })}</p>
          {link.needsCode ? <WelcomeField name="code" wrong={wrong('code')} /> : null}
          <WelcomeField name="next" wrong={wrong('next')} />
          <WelcomeField name="again" wrong={null} />
          <p className="gl-hint">{text('welcome.rules', { count: link.leastLength })}</p>
          <button type="submit" className="gl-button gl-button-main" disabled={busy}>
            {text('pages.save')}
          </button>
        </Form>
      )}
    </main>
  )
}

const labels = { code: 'welcome.code', next: 'me.password.next', again: 'me.password.again' } as const

function WelcomeField({ name, wrong }: { readonly name: keyof typeof labels; readonly wrong: string | null }) {
  const text = useText()
  return (
    <div className="sign-in-field">
      <label htmlFor={name}>{text(labels[name])}</label>
      <div className="sign-in-input">
        <input
          id={name}
          name={name}
          type={name === 'code' ? 'text' : 'password'}
          autoComplete={name === 'code' ? 'off' : 'new-password'}
          required
          maxLength={200}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : `${name}-wrong`}
        />
      </div>
      {wrong === null ? null : (
        <p className="sign-in-error" id={`${name}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
