import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { z } from 'zod'
import { useFrame } from '../../address.ts'
import { titlePage } from '../../titles.ts'
import { readBack } from '../sign-in/refusal.ts'
import { redirectTo } from '../../redirect.ts'

export const meta = titlePage('proof.title')

export function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.visitor) throw redirectTo('/sign-in')
  return { back: readBack(new URL(request.url).searchParams.get('back')) }
}

const ProofFields = z.object({ answer: z.string().max(200).catch(''), back: z.string().max(2000).catch('') })

export async function action({ request, context }: ActionFunctionArgs) {
  if (!context.visitor) throw redirectTo('/sign-in')
  const { answer, back } = ProofFields.parse(Object.fromEntries(await request.formData()))
  try {
    await context.api.session.proveSession({ answer })
  } catch (error) {
    const refusal = context.describe(error)
    if (refusal.code === 'fault') throw error
    return data({ message: refusal.fields[0]?.message ?? refusal.message }, { status: refusal.status })
  }
  throw redirectTo(readBack(back))
}

/** Asks again for password or code before a file is handed out, then goes on to it. */
export default function ProofPage() {
  const { back } = useLoaderData<typeof loader>()
  const wrong = useActionData<typeof action>()?.message ?? null
  const text = useText()
  const { hasFactor } = useFrame()
  const busy = useNavigation().formMethod === 'POST'
  return (
    <>
      <h1>{text('proof.title')}</h1>
      <Form method="post" reloadDocument className="panel me-password">
        <p>{text('proof.text')}</p>
        <input type="hidden" name="back" value={back} />
        <div className="field">
          <label htmlFor="answer">{text(hasFactor ? 'proof.code' : 'proof.password')}</label>
          <input
            className="gl-input"
            id="answer"
            name="answer"
            type={hasFactor ? 'text' : 'password'}
            autoComplete={hasFactor ? 'one-time-code' : 'current-password'}
            required
            maxLength={200}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : 'answer-wrong'}
          />
          {wrong === null ? null : (
            <p className="gl-error-text" id="answer-wrong" role="alert">
              {wrong}
            </p>
          )}
        </div>
        <button type="submit" className="gl-button gl-button-main" disabled={busy}>
          {text('proof.submit')}
        </button>
      </Form>
    </>
  )
}
