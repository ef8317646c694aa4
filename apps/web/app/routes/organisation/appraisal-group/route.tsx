import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import registers from '../../../styles/registers.css?url'
import { titlePage } from '../../../titles.ts'
import { CodeSheet } from './code-sheet.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('group.title')

export async function loader(args: LoaderFunctionArgs) {
  const appraisalId = Number(args.params['id'])
  return ask(args, async (api) => ({ appraisalId, group: await api.appraisals.readGroup({ appraisalId }) }))
}

/** The working group of an appraisal: each member takes a code here, which is shown once. */
export default function GroupPage() {
  const { appraisalId, group } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { act, busy, refusal } = useAct()
  const [code, setCode] = useState<string | null>(null)
  if (code !== null)
    return (
      <CodeSheet
        appraisalId={appraisalId}
        unionName={group.unionName}
        closesOn={group.closesOn}
        code={code}
        onDone={() => setCode(null)}
      />
    )
  const draw = async () => {
    const outcome = await act((api) => api.appraisals.drawGroupCode.mutate({ appraisalId }))
    if (outcome?.ok === true) setCode(outcome.value.code)
  }
  const isWaiting = group.state === 'open' && !group.isMade
  return (
    <div className="register">
      <Link className="area-back" to={keep('/organisation/appraisals')}>
        <Icon name="left" />
        {text('appraisals.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('group.of', { name: group.unionName })}</h1>
          <p className="gl-hint">{text('group.text')}</p>
        </div>
        <div className="acts">
          {isWaiting && group.isMember ? (
            <button type="button" className="gl-button gl-button-main" disabled={busy} onClick={draw}>
              {text('group.draw')}
            </button>
          ) : null}
        </div>
      </div>
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <p role="status">{text(group.isMade ? 'group.made' : isWaiting ? 'group.waiting' : 'group.over')}</p>
      <table className="gl-plain-table">
        <thead>
          <tr>
            <th scope="col">{text('group.member')}</th>
            <th scope="col">{text('group.code')}</th>
          </tr>
        </thead>
        <tbody>
          {group.members.map(({ username, isKept }) => (
            <tr key={username}>
              <th scope="row">{username}</th>
              <td>{text(isKept ? 'group.kept' : 'group.notKept')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
