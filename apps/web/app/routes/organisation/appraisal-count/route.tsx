import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { Icon, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import registers from '../../../styles/registers.css?url'
import { TextField } from '../../../text-field.tsx'
import { titlePage } from '../../../titles.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('count.title')

const places = [0, 1, 2] as const

export async function loader(args: LoaderFunctionArgs) {
  const appraisalId = Number(args.params['id'])
  return ask(args, async (api) => ({ appraisalId, group: await api.appraisals.readGroup({ appraisalId }) }))
}

/** The count: three members of the working group type their codes, one after the other, at one screen. */
export default function CountPage() {
  const { appraisalId, group } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const navigate = useNavigate()
  const { act, busy, refusal } = useAct()
  const [codes, setCodes] = useState<readonly string[]>(['', '', ''])
  const [typing, setTyping] = useState<number | null>(null)
  const list = keep('/organisation/appraisals')
  const wrongOf = (place: number) => refusal?.fields.find(({ path }) => path === `codes.${place}`)?.message ?? null
  const count = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await act((api) => api.appraisals.closeAppraisal.mutate({ appraisalId, codes: [...codes] }))
    if (outcome?.ok === true) navigate(list)
  }
  const mayCount = group.state === 'open' && may('organisation:approve')
  return (
    <div className="register">
      <Link className="area-back" to={list}>
        <Icon name="left" />
        {text('appraisals.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('count.of', { name: group.unionName })}</h1>
          <p className="gl-hint">{text('count.text')}</p>
        </div>
        <div className="acts">
          {mayCount && group.isEndAsked ? (
            <ActDialog
              label={text('count.abandon')}
              title={group.unionName}
              text={text('count.abandon.text')}
              fields={[]}
              run={(api) => api.appraisals.abandonAppraisal.mutate({ appraisalId })}
              onDone={() => navigate(list)}
            />
          ) : null}
        </div>
      </div>
      {!mayCount ? (
        <p role="status">{text('count.closed')}</p>
      ) : !group.isMade ? (
        <p role="status">{text('organisation.groupKeyMissing')}</p>
      ) : (
        <form className="fields" onSubmit={count} noValidate>
          {places.map((place) => (
            // Read while its member types it, hidden from whoever comes next.
            <div key={place} onFocus={() => setTyping(place)} onBlur={() => setTyping(null)}>
              <TextField
                name={`codes.${place}`}
                label={text('count.code', { number: place + 1 })}
                value={codes[place] ?? ''}
                onChange={(value) => setCodes(codes.map((code, at) => (at === place ? value : code)))}
                wrong={wrongOf(place)}
                maxLength={80}
                type={typing === place ? 'text' : 'password'}
                plain
              />
            </div>
          ))}
          {refusal && !places.some((place) => wrongOf(place) !== null) ? (
            <p className="gl-error-text" role="alert">
              {refusal.message}
            </p>
          ) : null}
          <div className="gl-page-actions">
            <button type="submit" className="gl-button gl-button-main" disabled={busy}>
              {text('appraisals.close')}
            </button>
          </div>
          <p className="gl-hint">{text('appraisals.close.text')}</p>
        </form>
      )}
    </div>
  )
}
