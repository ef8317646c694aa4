import { data, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { Translate } from '@gonglian/ui/messages'
import { useText } from '@gonglian/ui/text'
import { titlePage } from '../../titles.ts'
import signInStyles from '../../styles/sign-in.css?url'
import { LanguageSwitch } from '../frame/language-switch.tsx'
import { DemonstrationAccounts } from './accounts.tsx'
import { CascadePicture } from './cascade.tsx'
import { CodeForm } from './code-form.tsx'
import { SignInForm } from './form.tsx'
import type { SignInAnswer } from '../../../server/door.ts'
import { readBack, readSignInFields, type SignInRefusal } from './refusal.ts'
import { redirectTo } from '../../redirect.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: signInStyles }]
export const meta = titlePage('signIn.title')

function sayWhy(text: Translate, why: string): string {
  if (why === 'expired') return text('signIn.expired')
  return why === 'welcome' ? text('welcome.done') : text('signIn.signedOut')
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const back = readBack(searchParams.get('back'))
  if (context.visitor) throw redirectTo(back)
  const why = searchParams.get('why')
  return {
    back,
    why: why === 'expired' || why === 'signed-out' || why === 'welcome' ? why : null,
    accounts: await context.door.listDemonstrationAccounts(),
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = readSignInFields(await request.formData())
  const asked = {
    address: context.address,
    agent: context.agent,
    requestId: context.requestId,
    cookie: context.cookie,
    secure: context.secure,
  }
  const enter = (answer: Extract<SignInAnswer, { ok: true }>) =>
    redirectTo(readBack(fields.back), {
      headers: [
        ['Set-Cookie', answer.cookie],
        ['Set-Cookie', answer.deviceCookie],
      ],
    })
  if (fields.ticket !== '') {
    const answer = await context.door.signInWithCode({ ...asked, ticket: fields.ticket, code: fields.code })
    if (answer.ok) throw enter(answer)
    return refuse('', answer)
  }
  const demonstration = fields.demonstration === '' ? null : context.door.readDemonstrationPassword()
  const username = demonstration === null ? fields.username : fields.demonstration
  const password = demonstration ?? fields.password
  const missing = { username: username === '', password: password === '' }
  if (missing.username || missing.password) {
    return data<SignInRefusal>({ username, missing, answer: null }, { status: 400 })
  }
  const answer = await context.door.signIn({ ...asked, username, password })
  if (answer.ok) throw enter(answer)
  return refuse(username, answer)
}

function refuse(username: string, answer: Extract<SignInAnswer, { ok: false }>) {
  const waits = answer.reason === 'locked' || answer.reason === 'tooMany'
  // The password was right and a code is asked for: that is no failure yet.
  const status = waits ? 429 : answer.reason === 'code' && answer.attemptsLeft === undefined ? 200 : 401
  const headers: HeadersInit = waits ? { 'Retry-After': String(Math.ceil(answer.seconds)) } : {}
  const missing = { username: false, password: false }
  return data<SignInRefusal>({ username, missing, answer }, { status, headers })
}

export default function SignInPage() {
  const { back, why, accounts } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>() ?? null
  const text = useText()
  const notice = why === null ? null : sayWhy(text, why)
  return (
    <div className="sign-in">
      <header className="sign-in-words">
        <div>
          <h1>
            <img src="/favicon.svg" alt="" width={36} height={36} />
            {text('frame.product')}
          </h1>
          <p>{text('frame.productLong')}</p>
        </div>
        <figure>
          <CascadePicture />
        </figure>
        <p className="sign-in-about">{text('signIn.about')}</p>
      </header>
      <main className="sign-in-side">
        <LanguageSwitch className="sign-in-language" />
        {refusal?.answer?.reason === 'code' ? (
          <CodeForm answer={refusal.answer} back={back} />
        ) : (
          <SignInForm refusal={refusal} back={back} notice={notice} />
        )}
        <DemonstrationAccounts accounts={accounts} back={back} />
      </main>
    </div>
  )
}
