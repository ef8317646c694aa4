import { data, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { translate } from '@gonglian/ui/messages'
import { useText } from '@gonglian/ui/text'
import voteStyles from '../../styles/vote.css?url'
import { titlePage } from '../../titles.ts'
import { LanguageSwitch } from '../frame/language-switch.tsx'
import { ballotChoices as choices } from '@gonglian/organisation/codes'
import { redirectTo } from '../../redirect.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: voteStyles }]
export const meta = titlePage('vote.title')

type Choice = (typeof choices)[number]
type Answer = {
  readonly code: string
  readonly choice: string
  readonly at: 'code' | 'choice'
  readonly message: string
}

/** Whether the vote is in; the address knows nothing else, and nobody is asked who they are. */
export function loader({ request }: LoaderFunctionArgs) {
  return { done: new URL(request.url).searchParams.has('done') }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = await request.formData()
  const code = String(fields.get('code') ?? '').slice(0, 60)
  const choice = choices.find((one) => one === fields.get('choice'))
  if (choice === undefined)
    return data<Answer | { readonly missing: 'choice'; readonly code: string }>(
      { missing: 'choice', code },
      { status: 400 },
    )
  try {
    await context.api.appraisals.castBallot({ code, choice })
  } catch (error) {
    const refusal = context.describe(error)
    if (refusal.code === 'fault') throw error
    const message = refusal.code === 'invalid' ? translate(context.locale, 'vote.code.wrong') : refusal.message
    return data<Answer | { readonly missing: 'choice'; readonly code: string }>(
      { code, choice, at: 'code', message },
      { status: refusal.status },
    )
  }
  throw redirectTo('/vote?done')
}

/** Where a member votes with the code of a slip: no account, no name. */
export default function VotePage() {
  const { done } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const text = useText()
  const { state } = useNavigation()
  const typed = refused?.code ?? ''
  const chosen: Choice | null =
    refused === undefined || 'missing' in refused ? null : (choices.find((one) => one === refused.choice) ?? null)
  const wrongCode = refused === undefined || 'missing' in refused ? null : refused.message
  const wrongChoice = refused !== undefined && 'missing' in refused ? text('vote.choice.missing') : null
  return (
    <main className="vote">
      <LanguageSwitch className="vote-language" />
      <h1>{text('vote.title')}</h1>
      {done ? (
        <section className="vote-done">
          <p className="vote-thanks" role="status">
            {text('vote.thanks')}
          </p>
          <p>{text('vote.thanks.text')}</p>
          <p>
            <Link to="/vote">{text('vote.another')}</Link>
          </p>
        </section>
      ) : (
        <Form method="post" className="vote-form" noValidate>
          <p>{text('vote.text')}</p>
          <div className="field">
            <label htmlFor="vote-code">{text('vote.code')}</label>
            <input
              id="vote-code"
              name="code"
              className="gl-input vote-code"
              defaultValue={typed}
              maxLength={60}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              placeholder="XXXX-XXXX-XXXX-XXXX"
              aria-invalid={wrongCode !== null}
              aria-describedby={wrongCode === null ? undefined : 'vote-code-wrong'}
            />
            {wrongCode === null ? null : (
              <p className="gl-error-text" id="vote-code-wrong" role="alert">
                {wrongCode}
              </p>
            )}
          </div>
          <fieldset aria-describedby={wrongChoice === null ? undefined : 'vote-choice-wrong'}>
            <legend>{text('vote.choice')}</legend>
            {choices.map((choice) => (
              <label key={choice} className="vote-choice">
                <input type="radio" name="choice" value={choice} defaultChecked={choice === chosen} />
                <span>{text(`vote.${choice}`)}</span>
              </label>
            ))}
            {wrongChoice === null ? null : (
              <p className="gl-error-text" id="vote-choice-wrong" role="alert">
                {wrongChoice}
              </p>
            )}
          </fieldset>
          <button type="submit" className="gl-button gl-button-main vote-send" disabled={state !== 'idle'}>
            {text('vote.send')}
          </button>
          <p className="gl-hint">{text('vote.secret')}</p>
        </Form>
      )}
    </main>
  )
}
