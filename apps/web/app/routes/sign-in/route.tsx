import { data, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { titlePage } from '../../titles.ts'
import signInStyles from '../../styles/sign-in.css?url'
import { LanguageSwitch } from '../frame/language-switch.tsx'
import { DemonstrationAccounts } from './accounts.tsx'
import { CascadePicture } from './cascade.tsx'
import { SignInForm } from './form.tsx'
import { readBack, readSignInFields, type SignInRefusal } from './refusal.ts'
import { redirectTo } from '../../redirect.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: signInStyles }]
export const meta = titlePage('signIn.title')

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const back = readBack(searchParams.get('back'))
  if (context.visitor) throw redirectTo(back)
  const why = searchParams.get('why')
  return {
    back,
    why: why === 'expired' || why === 'signed-out' ? why : null,
    accounts: await context.door.listDemonstrationAccounts(),
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = readSignInFields(await request.formData())
  const demonstration = fields.demonstration === '' ? null : context.door.readDemonstrationPassword()
  const username = demonstration === null ? fields.username : fields.demonstration
  const password = demonstration ?? fields.password
  const missing = { username: username === '', password: password === '' }
  if (missing.username || missing.password) {
    return data<SignInRefusal>({ username, missing, answer: null }, { status: 400 })
  }
  const answer = await context.door.signIn({
    username,
    password,
    address: context.address,
    agent: context.agent,
    requestId: context.requestId,
    secure: context.secure,
  })
  if (answer.ok) throw redirectTo(readBack(fields.back), { headers: { 'Set-Cookie': answer.cookie } })
  const waits = answer.reason === 'locked' || answer.reason === 'tooMany'
  const status = waits ? 429 : 401
  const headers: HeadersInit = waits ? { 'Retry-After': String(Math.ceil(answer.seconds)) } : {}
  return data<SignInRefusal>({ username, missing, answer }, { status, headers })
}

export default function SignInPage() {
  const { back, why, accounts } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>() ?? null
  const text = useText()
  const notice = why === null ? null : text(why === 'expired' ? 'signIn.expired' : 'signIn.signedOut')
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
        <SignInForm refusal={refusal} back={back} notice={notice} />
        <DemonstrationAccounts accounts={accounts} back={back} />
      </main>
    </div>
  )
}
