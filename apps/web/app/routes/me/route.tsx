import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, NavLink, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { hasMessage, translateUnknown } from '@gonglian/ui/messages'
import { Icon, useLocale, useText } from '@gonglian/ui'
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import type { PasswordAnswer } from '../../../server/door.ts'
import { useFrame, useKeepingPeriod } from '../../address.ts'
import { titlePage } from '../../titles.ts'
import { areas } from '../../areas.ts'
import { LanguageSwitch } from '../frame/language-switch.tsx'
import { Digests } from './digests.tsx'
import { SecondFactor } from './second-factor.tsx'
import { redirectTo } from '../../redirect.ts'

export const meta = titlePage('frame.account')

const field = z.string().max(200).catch('')
const PasswordFields = z.object({ current: field, next: field, again: field })

export async function loader({ context }: LoaderFunctionArgs) {
  if (!context.visitor) throw redirectTo('/sign-in?back=/me')
  const factor = await context.api.session.readFactor()
  // Before the password is changed nothing but that can be asked.
  if (context.visitor.mustChangePassword || context.visitor.mustEnrol) return { factor, messages: null }
  const [digests, { email }] = await Promise.all([context.api.tasks.listDigests(), context.api.tasks.readMailAddress()])
  return { factor, messages: { digests, email } }
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (!context.visitor) throw redirectTo('/sign-in?back=/me')
  const form = await request.formData()
  const { current, next, again } = PasswordFields.parse(Object.fromEntries(form))
  if (next !== again)
    return data<PasswordAnswer>({ ok: false, field: 'next', key: 'me.password.differs' }, { status: 400 })
  const answer = await context.door.changePassword(context.visitor, { current, next })
  return data<PasswordAnswer>(answer, { status: answer.ok ? 200 : 400 })
}

/** Me: what I may reach on a phone, my password, sign out. */
export default function MePage() {
  const text = useText()
  const frame = useFrame()
  const keep = useKeepingPeriod()
  const { factor, messages } = useLoaderData<typeof loader>()
  return (
    <>
      <h1>{text('frame.account')}</h1>
      {frame.mustChangePassword ? <p role="status">{text('errors.mustChangePassword')}</p> : null}
      {frame.mustEnrol ? <p role="status">{text('errors.mustEnrol')}</p> : null}
      <div className="me">
        <section className="panel">
          <h2>{frame.person.name}</h2>
          <p className="gl-hint">
            {frame.person.username} · {frame.person.roles.map((role) => text(`bodies.role.${role}`)).join(' · ')}
          </p>
          <p>{frame.body.name}</p>
          <ul className="gl-menu me-areas">
            {frame.areas.map((area) => (
              <li key={area}>
                <NavLink to={keep(areas[area].path)}>
                  <Icon name={areas[area].icon} /> &nbsp;{text(`frame.nav.${area}`)}
                </NavLink>
              </li>
            ))}
          </ul>
          <Form method="post" action="/sign-out" reloadDocument className="gl-page-actions">
            <button type="submit" className="gl-button">
              {text('frame.signOut')}
            </button>
            <button type="submit" className="gl-button" name="everywhere" value="1">
              {text('frame.signOutEverywhere')}
            </button>
          </Form>
          <LanguageSwitch className="me-language" />
        </section>
        {messages === null ? null : <Digests digests={messages.digests} email={messages.email} />}
        <PasswordForm />
        <SecondFactor factor={factor} />
      </div>
    </>
  )
}

function PasswordForm() {
  const text = useText()
  const locale = useLocale()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (answer?.ok) form.current?.reset()
    else if (answer) form.current?.querySelector<HTMLInputElement>(`[name="${answer.field}"]`)?.focus()
  }, [answer])
  const wrong = (name: 'current' | 'next') =>
    answer && !answer.ok && answer.field === name
      ? hasMessage(locale, answer.key)
        ? translateUnknown(locale, answer.key, answer.params)
        : text('errors.invalid')
      : null
  return (
    <section className="panel">
      <h2>{text('frame.changePassword')}</h2>
      <Form method="post" className="me-password" ref={form}>
        <PasswordField
          name="current"
          label={text('me.password.current')}
          autoComplete="current-password"
          wrong={wrong('current')}
        />
        <PasswordField name="next" label={text('me.password.next')} autoComplete="new-password" wrong={wrong('next')} />
        <PasswordField name="again" label={text('me.password.again')} autoComplete="new-password" wrong={null} />
        <button type="submit" className="gl-button gl-button-main" disabled={busy}>
          {text('pages.save')}
        </button>
        {answer?.ok ? <p role="status">{text('me.password.changed')}</p> : null}
      </Form>
    </section>
  )
}

type PasswordFieldProps = {
  readonly name: string
  readonly label: string
  readonly autoComplete: string
  readonly wrong: string | null
}

function PasswordField({ name, label, autoComplete, wrong }: PasswordFieldProps) {
  const wrongId = `${name}-wrong`
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        className="gl-input"
        id={name}
        name={name}
        type="password"
        required
        maxLength={200}
        autoComplete={autoComplete}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : wrongId}
      />
      {wrong === null ? null : (
        <p className="gl-error-text" id={wrongId} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
