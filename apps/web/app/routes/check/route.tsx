import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '@gonglian/ui/messages'
import { useText } from '@gonglian/ui/text'
import checkStyles from '../../styles/check.css?url'
import { LanguageSwitch } from '../frame/language-switch.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: checkStyles }]
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => (loaded ? [{ title: loaded.title }] : [])

/** `GET /check/<token>`: whether the paper with this code is genuine. Nobody is asked who they are, and nothing else is told. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const title = translate(context.locale, 'papers.check.title')
  try {
    const verdict = await context.api.papers.checkPaper({ token: (params['token'] ?? '').slice(0, 200) })
    return data({ title, state: verdict.state, verdict, seconds: 0 })
  } catch (error) {
    const { code, status, params: told } = context.describe(error)
    // Signs that no text can hold, such as %00: no token has them.
    if (code === 'invalid') return data({ title, state: 'unknown' as const, verdict: null, seconds: 0 }, { status })
    if (code !== 'too_many') throw error
    return data({ title, state: 'tooMany' as const, verdict: null, seconds: Number(told['seconds'] ?? 0) }, { status })
  }
}

export default function CheckPage() {
  const { title, state, verdict, seconds } = useLoaderData<typeof loader>()
  const text = useText()
  const lines = [
    [text('papers.check.number'), verdict?.number],
    [text('papers.check.issuer'), verdict?.issuer],
    [text('papers.check.name'), verdict?.title],
    [text('papers.check.issuedOn'), verdict?.issuedOn],
    [text('papers.check.hash'), verdict?.hash],
  ] as const
  return (
    <main className="check">
      <LanguageSwitch className="check-language" />
      <h1>{title}</h1>
      <section className={`check-verdict check-${state}`} role="status">
        <h2>{text(`papers.check.${state}`)}</h2>
        <p>
          {state === 'tooMany' ? text('papers.check.tooMany.text', { seconds }) : text(`papers.check.${state}.text`)}
        </p>
      </section>
      {verdict === null || state === 'unknown' ? null : (
        <dl>
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </main>
  )
}
